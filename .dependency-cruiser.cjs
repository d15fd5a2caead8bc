/** The direction of the house (DESIGN §1). Each rule was proven once by breaking it. */
const room = '(?!platform/)([^/]+)';
module.exports = {
  forbidden: [
    { name: 'core-needs-nothing', severity: 'error', from: { path: '^packages/core/src', pathNot: '\\.test\\.ts$' }, to: { pathNot: '^packages/core/src' } },
    { name: 'contract-knows-core-and-zod', severity: 'error', from: { path: '^packages/contract/src', pathNot: '\\.test\\.ts$' }, to: { pathNot: '^(packages/(core|contract)/src|node_modules/zod/|catalog/)' } },
    { name: 'web-and-server-never-meet', severity: 'error', from: { path: '^packages/web' }, to: { path: '^packages/(server|cli)' } },
    { name: 'server-never-asks-web', severity: 'error', from: { path: '^packages/server' }, to: { path: '^packages/(web|cli)' } },
    {
      name: 'rooms-ask-rooms-through-reads', severity: 'error',
      from: { path: `^packages/server/src/${room}/`, pathNot: '(\\.test\\.ts|/testing\\.ts|/testing/.*)$' },
      to: { path: `^packages/server/src/${room}/`, pathNot: ['^packages/server/src/$1/', '^packages/server/src/[^/]+/reads\\.ts$', '^packages/server/src/platform/'] },
    },
    {
      name: 'web-rooms-do-not-meet', severity: 'error',
      from: { path: '^packages/web/src/(?!ui/|app/)([^/]+)/' },
      to: { path: '^packages/web/src/(?!ui/)([^/]+)/', pathNot: '^packages/web/src/$1/' },
    },
    { name: 'store-and-actions-never-look-back', severity: 'error', from: { path: '^packages/server/src/.*/(store|actions|reads)\\.ts$' }, to: { path: '/routes\\.ts$' } },
    { name: 'store-never-calls-actions', severity: 'error', from: { path: '^packages/server/src/.*/store\\.ts$' }, to: { path: '/actions\\.ts$' } },
    { name: 'nothing-real-rests-on-test-helpers', severity: 'error', from: { path: '^packages/', pathNot: '(\\.test\\.ts$|/testing\\.ts$|/testing/|/generated/|/fixture)' }, to: { path: '(/testing\\.ts$|/testing/)' } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { pathNot: 'node_modules' } } },
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.base.json' }, enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'], extensions: ['.ts', '.tsx', '.js', '.json'] } },
};
