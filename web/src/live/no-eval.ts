import { config } from 'zod';

// Compiled validators need `eval`, which the content security policy refuses. A schema decides when it is made, so this
// module must come before all that make one.
config({ jitless: true });
