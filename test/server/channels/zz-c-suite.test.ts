import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { describeViolation, ExistingRows, invalidBodyCases, malformedCases, readCases, roundTripCase, runCase, writeCases } from '../../../contracts/index.js';
import { operations } from '../../../openapi/index.js';
import { startTarget } from '../../contracts/mock-target.js';
const MINE = /^(channels\/|store\/currencies|pricing\/|inventory\/|pickup\/pickup-(methods|options)|shipping\/|geography\/)/;
it('suite', { timeout: 900_000 }, async () => {
  const target = await startTarget();
  const rows = new ExistingRows(target);
  const lines: string[] = [];
  let n = 0;
  for (const operation of operations) {
    if (!MINE.test(operation.document)) continue;
    const cases = [...readCases(operation), ...writeCases(operation), ...invalidBodyCases(operation), ...malformedCases(operation)];
    const rt = roundTripCase(operation);
    if (rt) cases.push(rt);
    for (const each of cases) {
      n++;
      try {
        await target.reset();
        const result: any = await runCase(each, target, new ExistingRows(target));
        const bad = (result.violations ?? []).map(describeViolation);
        if (bad.length || result.noCase || result.skipped) lines.push(`${operation.id} :: ${each.name} :: ${JSON.stringify(result.skipped ?? result.noCase ?? '')} ${bad.join(' | ').slice(0, 600)}`);
      } catch (e) { lines.push(`${operation.id} :: ${each.name} :: THROW ${(e as Error).stack?.slice(0, 300)}`); }
    }
  }
  writeFileSync('/tmp/c3/suite.txt', `${n} cases\n` + lines.join('\n'));
  await target.close();
});
