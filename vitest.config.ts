/** Four projects, each with a folder under test/ and a question of its own; see CONTRIBUTING.md. */
import { defineConfig } from 'vitest/config';

/** The tests in one folder of test/, run as a project of that name. */
function project(name: string, timeoutMs: number) {
  return {
    extends: true as const,
    test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout: timeoutMs, hookTimeout: timeoutMs },
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
      project('e2e', 300_000),
    ],
  },
});
