// Reads a database from end to end, in a process of its own: reading a damaged file may end the process that does it.
// Arguments: where lmdb is, and the folder. Exits 0 when all can be read; 3 when another process has it open, whose id
// is printed; else 1. Writes nothing to the database.
'use strict';
const [lmdb, path] = process.argv.slice(2);
const { open } = require(lmdb);

const database = open({ path, encoding: 'binary', readOnly: true, maxReaders: 126 });
database.getKeysCount({ limit: 1 });
const others = database
  .readerList()
  .split('\n')
  .map((line) => Number(line.trim().split(/\s+/, 1)[0]))
  .filter((pid) => pid > 0 && pid !== process.pid);
if (others.length > 0) {
  process.stdout.write(String(others[0]));
  process.exit(3);
}
let count = 0;
let sum = 0;
for (const { key, value } of database.getRange({})) {
  if (typeof key !== 'string') throw new Error('a key that is no text');
  // Every page that the value lies on is touched.
  for (let place = 0; place < value.length; place += 512) sum += value[place];
  count += 1;
}
if (count !== database.getStats().entryCount || !Number.isFinite(sum)) throw new Error('records are missing');
process.exit(0);
