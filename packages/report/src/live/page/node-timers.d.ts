/** Of Node: named by sources of the core that are checked along with the page, though none of them is part of it. */
declare function setImmediate(callback: (...values: never[]) => void): unknown;
