/**
 * Builds dist/cli/: the command as one bundled file, with a V8 code cache for the Node that builds it.
 * Runs after tsc has written the libraries and after generate; part of `npm run build`.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const OUT = 'dist/cli';

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
cpSync('openapi/generated', 'dist/openapi/generated', { recursive: true, filter: (source) => !source.endsWith('.ts') });

await build({
  entryPoints: ['mock-server/command/bundle-entry.ts'],
  outfile: `${OUT}/bundle.cjs`,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  // Loaded only when such a file is met, and big.
  external: ['jiti'],
  // Generated files are found from the place of dist/openapi/, whichever file the code ended up in.
  define: { 'import.meta.url': 'bundleUrl' },
  banner: {
    js: "const bundleUrl=require('node:url').pathToFileURL(require('node:path').join(__dirname,'../openapi/bundle.js')).href;",
  },
});

copyFileSync('mock-server/command/launcher.cjs', `${OUT}/bcmock.cjs`);
chmodSync(`${OUT}/bcmock.cjs`, 0o755);

const warmUp = spawnSync(process.execPath, [`${OUT}/bcmock.cjs`], {
  env: { ...process.env, BCMOCK_WRITE_CODE_CACHE: `${OUT}/bundle.cache` },
  stdio: 'inherit',
});
if (warmUp.status !== 0) throw new Error('the bundled command does not run');
