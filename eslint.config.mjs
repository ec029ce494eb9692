import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Names that exist only in Node: the pure ring must run unchanged in a browser. */
const nodeOnlyGlobals = ['Buffer', 'process', 'require', '__dirname', '__filename', 'setImmediate', 'global'];

export default tseslint.config(
  { ignores: ['dist/**', 'var/**', 'node_modules/**', 'coverage/**'] },
  {
    files: ['**/*.{ts,mts,tsx}'],
    extends: [eslint.configs.recommended, tseslint.configs.strictTypeChecked, prettier],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './apps/web/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // A Nest module is a class that carries only its decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Nest declares its option bags as classes; nobody makes instances of them.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['libs/{pdf,pki,signing,sealing,translog}/src/**/*.ts'],
    ignores: ['**/src/node/**', '**/*.spec.ts'],
    rules: { 'no-restricted-globals': ['error', ...nodeOnlyGlobals] },
  },
  {
    // A component's type is JSX and nothing else; every word on the page comes from the texts of both languages.
    files: ['apps/web/src/**/*.tsx'],
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'JSXText[value=/\\p{L}{2}/u]', message: 'Words belong in src/i18n.' },
        {
          selector:
            'JSXAttribute[name.name=/^(title|titleText|label|aria-label|placeholder|alt|description)$/] > :matches(Literal, JSXExpressionContainer > Literal, JSXExpressionContainer > ConditionalExpression > Literal)[value=/\\p{L}{2}/u]',
          message: 'Words belong in src/i18n.',
        },
      ],
    },
  },
  {
    // Programs talk to a person through the console.
    files: ['apps/{cli,demo,launcher}/**/*.ts', 'certs-dev/**/*.ts', 'test/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: {
      'max-lines': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
