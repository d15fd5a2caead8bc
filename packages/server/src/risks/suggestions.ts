import catalog from '@aimwell/catalog/risk-sources/risk-sources.json' with { type: 'json' };
import type { RiskSource, SystemFact } from '@aimwell/contract/catalog/risk-sources';
import type { RiskSuggestion } from '@aimwell/contract/risks/endpoints';
import { risks } from '@aimwell/contract/risks/risks';
import { systems } from '@aimwell/contract/systems/systems';
import type { Tx } from '../platform/database/pool.ts';
import { findRows, loadRow } from '../platform/register/read.ts';

const facts = catalog.facts as readonly SystemFact[];
const sources = catalog.riskSources as readonly RiskSource[];
/** Fewer than these help nobody to start. */
const atLeast = 3;

/** Whether a fact of the catalog is to be read from an AI system's fields. A word in free text is a hint only. */
export const holds = (fact: SystemFact, system: Readonly<Record<string, unknown>>): boolean => {
  const value = system[fact.field];
  const values = Array.isArray(value) ? value : [value];
  if (fact.anyOf.some((wanted) => values.includes(wanted))) return true;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  return fact.contains.some((word) => atWordEdge(text, word));
};

/** "gpt" is in "ChatGPT" and "disab" in "disabled people", but "rag" is not in "storage": a hint begins or ends a word. */
const atWordEdge = (text: string, word: string): boolean => {
  const escaped = word.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped}|${escaped}(?![\p{L}\p{N}])`, 'u').test(text);
};

/** Sources that the facts call for, most facts first, then those that apply always; filled up with the rest when they are too few. */
export const suggestRisks = (system: Readonly<Record<string, unknown>>, recorded: ReadonlySet<string>, limit: number): RiskSuggestion[] => {
  const held = new Map(facts.filter((fact) => holds(fact, system)).map((fact) => [fact.id, fact.title]));
  const ranked = sources
    .filter((source) => !recorded.has(source.id))
    .map((source) => ({ source, because: source.appliesWhen.flatMap((id) => held.get(id) ?? []) }))
    .toSorted(
      (a, b) =>
        b.because.length - a.because.length || Number(b.source.appliesWhen.length === 0) - Number(a.source.appliesWhen.length === 0),
    );
  const fitting = ranked.filter(({ source, because }) => because.length > 0 || source.appliesWhen.length === 0).length;
  return ranked.slice(0, Math.min(limit, Math.max(fitting, atLeast))).map(({ source, because }) => ({
    source: source.id,
    title: source.title,
    area: source.area,
    description: source.description,
    statement: source.statements[0] ?? source.description,
    consequences: source.consequences,
    controls: source.controls,
    because,
    provenance: { source: source.source, verified: source.verified, confidence: source.confidence },
  }));
};

/** Risks to think about for a system; sources it has a risk for already are left out. */
export const readRiskSuggestions = async (tx: Tx, systemId: string, limit: number): Promise<RiskSuggestion[]> => {
  const system = await loadRow(tx, systems, systemId);
  const recorded = (await findRows(tx, risks, { system: systemId })).flatMap((risk) =>
    typeof risk['source'] === 'string' ? [risk['source']] : [],
  );
  return suggestRisks(system, new Set(recorded), limit);
};
