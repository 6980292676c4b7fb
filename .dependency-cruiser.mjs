/** Who may import whom: see ARCHITECTURE.md. */
const only = (name, from, to) => ({ name, severity: 'error', from: { path: from }, to: { pathNot: [from, ...to] } });

export default {
  forbidden: [
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'nothing-imports-tests', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
    only('kernel-stands-alone', '^simulator/kernel/', []),
    only('plant-on-kernel', '^simulator/plant/', ['^simulator/kernel/']),
    only('rules-on-plant', '^simulator/rules/', ['^simulator/(plant|kernel)/', 'node_modules/@marcbachmann/cel-js']),
    only('cell-on-plant', '^simulator/cell/', ['^simulator/(plant|kernel|rules)/', 'node_modules/zod']),
    only('contract-on-zod', '^server/contract/', ['^simulator/', 'node_modules/(zod|protobufjs)']),
    only('judge-is-pure', '^server/labs/judge/', [
      '^server/contract/',
      '^simulator/',
      'node_modules/(zod|@marcbachmann/cel-js|lru-cache)',
    ]),
    only('web-on-contract', '^web/', ['^server/contract/', '^simulator/', 'node_modules/']),
    {
      name: 'http-is-the-rim',
      severity: 'error',
      from: { path: '^server/(?!http/|main\\.ts)' },
      to: { path: '^server/http/' },
    },
    {
      name: 'main-composes',
      severity: 'error',
      from: { path: '^server/(?!cli\\.ts)' },
      to: { path: '^server/main\\.ts' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|data)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
