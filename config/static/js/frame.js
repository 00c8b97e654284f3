// What every page does better with a script: menus, forms sent once, and the word “offline”.
import "./menus.js";
import "./submit-once.js";
import "./offline.js";
