/** Header of every answer of the API: the build of the web client that the server hands out now. */
export const BUILD_HEADER = 'verkstad-build';

/** Finds the build in a page, or in the address of its entry script. */
export const BUILD_PATTERN = /\/assets\/(index-[\w-]+)\.js/;
