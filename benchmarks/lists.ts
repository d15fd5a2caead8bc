import { interleaved } from './measure.ts';
import type { Case } from './cases.ts';
import type { BenchHouse, Tenant } from './house.ts';
export const measureLists = async (
  _bench: BenchHouse,
  tenants: { small: Tenant; large: Tenant },
  cases: readonly Case[],
  say: (line: string) => void,
) => {
  for (const one of cases) {
    const ask = (tenant: 'small' | 'large') => async () =>
      (await tenants[tenant].ask('GET', `${one.register.name}?${one.query(tenant)}`)).ms;
    const found = await interleaved({ small: ask('small'), large: ask('large') }, 7);
    const { body } = await tenants.large.ask('GET', `${one.register.name}?${one.query('large')}`);
    say(
      `${one.register.name.padEnd(8)} ${one.name.padEnd(50)} ${found.small.toFixed(2)} ${found.large.toFixed(2)} ${(found.large / found.small).toFixed(2)} ${(JSON.parse(body) as { items: unknown[] }).items.length}${found.large / found.small > 2 ? ' <<<<' : ''}`,
    );
  }
};
