/**
 * Raised by any change that alters the event log of a cell. Checkpoints and attempts carry it; a checkpoint of another
 * version is never restored.
 */
export const MODEL_VERSION = 5;
