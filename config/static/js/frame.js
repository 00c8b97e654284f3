// What every page does better with a script: menus, forms sent once, the word “offline”, a clean leave.
import "./menus.js";
import "./submit-once.js";
import "./offline.js";
import "./leaving.js";
import "./search.js";
