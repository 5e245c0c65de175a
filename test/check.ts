/**
 * Everything that a merge needs beside the tests themselves, each step by name; ends at the first that fails.
 * `npm run check`; with `--with-tests` the whole suite runs as well.
 */
import { spawnSync } from 'node:child_process';

const steps: readonly (readonly [name: string, command: string])[] = [
  ['generated files are current and deterministic', 'npm run --silent generate'],
  ['documentation that can be computed is current', 'npm run --silent docs -- --check'],
  ['lint', 'npm run --silent lint'],
  ['types', 'npm run --silent typecheck'],
  ['build', 'npm run --silent build'],
  ['unused code', 'npx knip'],
  ['package shape', 'npx publint --strict'],
  ['types of the package', 'npx attw --pack . --profile esm-only'],
  ...(process.argv.includes('--with-tests') ? [['tests', 'npm test'] as const] : []),
  [
    'unit and server tests on Node 24',
    'npx --yes --package=node@24 -- node node_modules/vitest/vitest.mjs run --project unit --project server',
  ],
];

for (const [name, command] of steps) {
  process.stdout.write(`\n== ${name}: ${command}\n`);
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' });
  if (status !== 0) {
    process.stderr.write(`\ncheck failed at: ${name}\n`);
    process.exit(status ?? 1);
  }
}
process.stdout.write('\ncheck passed\n');
