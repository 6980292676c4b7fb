// Compiled validators need `eval`, which the content security policy refuses. A schema decides when it is made, so this
// stands before any is; the name is where zod keeps its settings, which spares the page zod itself until shapes are needed.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
