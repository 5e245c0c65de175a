/** Four projects, each with a folder under test/ and a question of its own; see CONTRIBUTING.md. */
import { defineConfig } from 'vitest/config';

/** The tests in one folder of test/, run as a project of that name; `globalSetup` runs once before them. */
function project(name: string, timeoutMs: number, globalSetup: string[] = []) {
  return {
    extends: true as const,
    test: { name, globalSetup, include: [`test/${name}/**/*.test.ts`], testTimeout: timeoutMs, hookTimeout: timeoutMs },
  };
}

export default defineConfig({
  test: {
    pool: 'threads',
    maxWorkers: 2,
    projects: [
      project('unit', 20_000),
      project('server', 20_000),
      project('contracts', 60_000),
      project('e2e', 60_000, ['test/e2e/global-setup.ts']),
    ],
  },
});
