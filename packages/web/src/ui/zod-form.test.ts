import { registers } from '@aimwell/contract/registers';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inputsOf, written } from './zod-form.ts';

const schema = z.strictObject({
  reason: z.string().trim().min(3).max(2000),
  until: z.iso.date().optional(),
  effective: z.boolean(),
  kind: z.enum(['one', 'two']).default('one'),
  flags: z.array(z.enum(['a', 'b'])).optional(),
  level: z.int().min(1).max(7).optional(),
  view: z.strictObject({ rating: z.int().min(1).max(5).optional(), why: z.string().max(100).optional() }).optional(),
  bands: z
    .array(z.strictObject({ label: z.string().max(40), from: z.int() }))
    .min(2)
    .max(9),
});
const inputs = inputsOf(schema);
const named = (name: string) => inputs.find((input) => input.name === name);

describe('inputsOf', () => {
  it('reads kind, bounds, need and start of each value', () => {
    expect(named('reason')).toEqual({ name: 'reason', required: true, initial: undefined, shape: { kind: 'text', max: 2000, long: true } });
    expect(named('until')).toMatchObject({ required: false, shape: { kind: 'date' } });
    expect(named('effective')).toMatchObject({ required: true, shape: { kind: 'boolean' } });
    expect(named('kind')).toMatchObject({ required: false, initial: 'one', shape: { kind: 'choice', choices: ['one', 'two'] } });
    expect(named('flags')).toMatchObject({ shape: { kind: 'choices', choices: ['a', 'b'] } });
    expect(named('level')).toMatchObject({ shape: { kind: 'integer', min: 1, max: 7 } });
    expect(named('view')?.shape).toMatchObject({ kind: 'group', fields: [{ name: 'rating' }, { name: 'why' }] });
    expect(named('bands')?.shape).toMatchObject({ kind: 'list', min: 2, max: 9 });
  });

  it('keeps the bounds off an integer that has none', () =>
    expect(inputsOf(z.strictObject({ n: z.int() }))[0]?.shape).toEqual({ kind: 'integer', min: undefined, max: undefined }));

  it('finds a form for every required value of every command, but the answers of the law, which have pages of their own', () => {
    const lacking = registers.flatMap(({ name, commands }) =>
      commands.flatMap((command) => {
        const shape = (command.input.def as unknown as { shape?: Record<string, z.ZodType> }).shape ?? {};
        const known = new Set(inputsOf(command.input).map((input) => input.name));
        return Object.entries(shape)
          .filter(([field, type]) => !type.isOptional() && !known.has(field))
          .map(([field]) => `${name}.${command.name}.${field}`);
      }),
    );
    expect(lacking).toEqual([]);
  });
});

describe('written', () => {
  it('leaves out what nobody said and trims the rest', () => {
    expect(
      written(inputs, {
        reason: ' because ',
        until: '',
        effective: false,
        flags: [],
        view: { rating: undefined, why: ' ' },
        bands: [{ label: 'Low', from: 1 }],
      }),
    ).toEqual({ reason: 'because', effective: false, bands: [{ label: 'Low', from: 1 }] });
  });

  it('makes values that the schema takes', () => {
    const sent = written(inputs, {
      reason: 'because',
      effective: true,
      kind: 'two',
      view: { rating: 3 },
      bands: [
        { label: 'Low', from: 1 },
        { label: 'High', from: 5 },
      ],
    });
    expect(schema.safeParse(sent).success).toBe(true);
  });
});
