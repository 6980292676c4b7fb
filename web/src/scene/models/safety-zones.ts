/** Borders of the zones that a scanner watches, from the reach of the arm on (m): stop, slow, warning, as set by default. */
export const ZONES_M = [0.9, 2.2, 3.5];
