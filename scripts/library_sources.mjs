// Names what is compiled into the program and its libraries, and written by us: no tests, nothing generated.
import { readFileSync } from 'node:fs';

for (const { file, command } of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  const output = command.match(/ -o (\S+)/)[1];
  const isOurs = output.startsWith('src/') && !output.includes('_test.dir/') && !file.includes('/generated/');
  if (isOurs) console.log(file);
}
