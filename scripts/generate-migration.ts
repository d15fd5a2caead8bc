import { writeFile } from 'node:fs/promises';
import { registerNamed, registers } from '@aimwell/contract/registers';
import { referenceSql, tableSql } from '../packages/server/src/platform/register/ddl.ts';
import { pastSql } from '../packages/server/src/platform/register/past-ddl.ts';

/**
 * Prints the SQL of registers' tables from their declarations; what is printed is read, named and checked in by a person.
 *   npm run migration -- suppliers          prints one register, tables and foreign keys
 *   npm run migration -- --base FILE        writes the first schema of all registers
 *   npm run migration -- --past FILE        writes the views of the past, anew after every change of fields
 */
const tableOf = (name: string) => registerNamed(name).table;
const [first, file] = process.argv.slice(2);
if (first === '--base' && file !== undefined) {
  const text = [...registers.map(tableSql), ...registers.map((register) => referenceSql(register, tableOf))].join('\n');
  await writeFile(file, `${text.trimEnd()}\n`);
} else if (first === '--past' && file !== undefined) {
  await writeFile(file, pastSql(registers));
} else {
  const register = registerNamed(first ?? '');
  process.stdout.write(`${tableSql(register)}\n${referenceSql(register, tableOf)}`);
}
