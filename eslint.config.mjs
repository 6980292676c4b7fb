import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['build/', 'node_modules/', 'data/', 'shots/', '**/*.mjs'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // The slab hands out plain numbers by index; a guard on each would only hide the code.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // Index reads are typed as present, so this rule would call honest guards unnecessary.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file.' },
      ],
    },
  },
  {
    files: ['simulator/kernel/**', 'simulator/plant/**', 'simulator/rules/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...[
          'pow',
          'exp',
          'expm1',
          'log',
          'log2',
          'log10',
          'log1p',
          'sin',
          'cos',
          'tan',
          'asin',
          'acos',
          'atan',
          'atan2',
          'sinh',
          'cosh',
          'tanh',
          'cbrt',
          'hypot',
          'random',
        ].map((property) => ({
          object: 'Math',
          property,
          message: 'Not the same bits in every engine: use simulator/kernel/math.ts.',
        })),
      ],
      'no-restricted-globals': ['error', { name: 'Date', message: 'Simulated time only.' }],
    },
  },
  // An answer on standard output is for programs too: it goes through server/print.ts.
  { files: ['server/**', 'simulator/**'], rules: { 'no-console': ['error', { allow: ['error'] }] } },
  { files: ['web/**'], ...reactHooks.configs.flat['recommended-latest'] },
);
