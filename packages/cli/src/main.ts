import { Command } from 'commander';
import { startCommand } from './start.ts';

const program = new Command('aimwell')
  .description('Run an AI management system under ISO/IEC 42001.')
  .version('0.1.0')
  .showHelpAfterError()
  .addCommand(startCommand());

await program.parseAsync();
