/**
 * The three rings of docs/ARCHITECTURE.md: pure libs, Nest libs, apps. Imports only point inwards.
 */
const pure = '(pdf|pki|signing|sealing|translog)';
const spec = '\\.spec\\.ts$|/testing/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'page-knows-only-types-of-the-server',
      comment:
        'What runs in the browser comes from the pure ring; of Nest libs the page takes the shapes of answers.',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: {
        path: '^(libs/(platform|audit|directory|access|workflow)|apps/(?!web))/',
        dependencyTypesNot: ['type-only'],
      },
    },
    { name: 'no-app-in-lib', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'no-deep-import',
      comment: 'A lib is imported through its index (or src/node/index) alone.',
      severity: 'error',
      from: { path: '^(libs/[^/]+|apps|certs-dev|test)/' },
      to: { path: '^libs/[^/]+/', pathNot: ['^$1/', '^libs/[^/]+/src/((node|testing)/)?index\\.ts$'] },
    },
    {
      name: 'pure-knows-no-framework',
      severity: 'error',
      from: { path: `^libs/${pure}/src/`, pathNot: spec },
      to: {
        path: 'node_modules/(@nestjs|typeorm|pg|pg-boss|express|class-validator|class-transformer)(/|$)',
      },
    },
    {
      name: 'pure-knows-no-node',
      comment: 'node: modules only behind a port, in src/node/.',
      severity: 'error',
      from: { path: `^libs/${pure}/src/`, pathNot: [spec, '/src/node/'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-knows-no-nest-lib',
      severity: 'error',
      from: { path: `^libs/${pure}/src/`, pathNot: spec },
      to: { path: '^libs/', pathNot: `^libs/${pure}/` },
    },
    {
      name: 'pdf-stands-alone',
      severity: 'error',
      from: { path: '^libs/pdf/src/' },
      to: { path: '^libs/(?!pdf/)' },
    },
    {
      name: 'pki-stands-alone',
      severity: 'error',
      from: { path: '^libs/pki/src/' },
      to: { path: '^libs/(?!pki/)' },
    },
    {
      name: 'signing-stands-on-pdf-and-pki',
      severity: 'error',
      from: { path: '^libs/signing/src/' },
      to: { path: '^libs/(?!(signing|pdf|pki)/)' },
    },
    {
      name: 'platform-is-the-innermost-nest-lib',
      severity: 'error',
      from: { path: '^libs/platform/src/' },
      to: { path: '^libs/(?!platform/)' },
    },
    {
      name: 'audit-stands-on-platform-and-translog',
      severity: 'error',
      from: { path: '^libs/audit/src/' },
      to: { path: '^libs/(?!(audit|platform|translog)/)' },
    },
    {
      name: 'nothing-imports-workflow',
      severity: 'error',
      from: { path: '^libs/(?!workflow/)' },
      to: { path: '^libs/workflow/' },
    },
    {
      name: 'directory-below-access',
      severity: 'error',
      from: { path: '^libs/directory/src/' },
      to: { path: '^libs/(access|workflow|signing)/' },
    },
    {
      name: 'no-test-code-in-product',
      severity: 'error',
      from: { path: '^(apps|libs|certs-dev)/', pathNot: spec },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|var)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
    },
  },
};
