import drafts1 from '@aimwell/catalog/drafts/context-issues.json' with { type: 'json' };
import drafts2 from '@aimwell/catalog/drafts/interested-parties.json' with { type: 'json' };
import drafts3 from '@aimwell/catalog/drafts/risk-criteria.json' with { type: 'json' };
import glossary from '@aimwell/catalog/glossary/glossary.json' with { type: 'json' };
import indicators from '@aimwell/catalog/indicators/indicators.json' with { type: 'json' };
import law from '@aimwell/catalog/law/eu-ai-act-classification.json' with { type: 'json' };
import riskSources from '@aimwell/catalog/risk-sources/risk-sources.json' with { type: 'json' };
import rules from '@aimwell/catalog/rules/rules.json' with { type: 'json' };
import clauses from '@aimwell/catalog/standard/clauses.json' with { type: 'json' };
import controls from '@aimwell/catalog/standard/controls.json' with { type: 'json' };
import requirements from '@aimwell/catalog/standard/requirements.json' with { type: 'json' };
import { type catalogNames, readCatalog } from '@aimwell/contract/platform/endpoints';
import type { FastifyInstance } from 'fastify';
import { type House, mountOpen } from '../platform/http/mount.ts';

// Made into text once: the lists never change while the server runs.
const lists: Record<(typeof catalogNames)[number], string> = {
  controls: JSON.stringify({ items: controls.controls }),
  areas: JSON.stringify({ items: controls.areas }),
  requirements: JSON.stringify({ items: requirements.requirements.map((item) => ({ ...item, title: item.text })) }),
  clauses: JSON.stringify({ items: clauses.clauses }),
  'risk-sources': JSON.stringify({ items: riskSources.riskSources, facts: riskSources.facts }),
  rules: JSON.stringify(rules),
  glossary: JSON.stringify(glossary),
  'classification-law': JSON.stringify(law),
  drafts: JSON.stringify({ contextIssues: drafts1, interestedParties: drafts2, riskCriteria: drafts3 }),
  indicators: JSON.stringify(indicators),
};

export const mountCatalog = (app: FastifyInstance, house: House): void => {
  mountOpen(app, house, readCatalog, async ({ params }) => ({ json: lists[params.list] }));
};
