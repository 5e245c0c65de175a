/**
 * Builds dist/cli/: the command as one bundled file, with a V8 code cache for the Node that builds it.
 * Runs after tsc has written the libraries and after generate; part of `npm run build`.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { build, type Plugin } from 'esbuild';

const OUT = 'dist/cli';

const LATE = 'const load = createRequire(import.meta.url);';

/**
 * Modules load what is seldom needed through `load`, late. A bundler sees no more in it than a function, and would leave
 * the library outside, in forty files. As `require` it comes into the bundle and is still run when it is reached.
 */
const lateLibraries: Plugin = {
  name: 'late libraries',
  setup: (bundle) => {
    bundle.onLoad({ filter: /[\\/]domains[\\/]auth[\\/]tokens\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      if (!source.includes(LATE)) throw new Error(`${path} loads nothing late any more`);
      return { contents: source.replace(LATE, '').replaceAll('load(', 'require('), loader: 'ts' };
    });
  },
};

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
  plugins: [lateLibraries],
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
copyFileSync('mock-server/persistence/read-everything.cjs', 'dist/mock-server/persistence/read-everything.cjs');

const warmUp = spawnSync(process.execPath, [`${OUT}/bcmock.cjs`], {
  env: { ...process.env, BCMOCK_WRITE_CODE_CACHE: `${OUT}/bundle.cache` },
  stdio: 'inherit',
});
if (warmUp.status !== 0) throw new Error('the bundled command does not run');
