import type { z } from 'zod';
import { claimsFile } from './claims.ts';
import { clausesFile } from './clauses.ts';
import { controlsFile } from './controls.ts';
import { documentedInformationFile } from './documented-information.ts';
import { draftCriteriaFile, draftIssuesFile, draftPartiesFile } from './drafts.ts';
import { euAiActFile } from './eu-ai-act.ts';
import { glossaryFile } from './glossary.ts';
import { indicatorsFile } from './indicators.ts';
import { iso27001File } from './iso-27001.ts';
import { lawFile } from './law.ts';
import { nistFile } from './nist-ai-rmf.ts';
import { requirementsFile } from './requirements.ts';
import { riskSourcesFile } from './risk-sources.ts';
import { rulesFile } from './rules.ts';
import { watchFile } from './watch.ts';

/** Every file of the catalog by its path below `catalog/`, with the schema it must satisfy. */
export const catalogSchemas = {
  'standard/clauses.json': clausesFile,
  'standard/requirements.json': requirementsFile,
  'standard/controls.json': controlsFile,
  'standard/documented-information.json': documentedInformationFile,
  'standard/claims-checked.json': claimsFile,
  'rules/rules.json': rulesFile,
  'indicators/indicators.json': indicatorsFile,
  'frameworks/nist-ai-rmf.json': nistFile,
  'frameworks/eu-ai-act.json': euAiActFile,
  'frameworks/iso-27001.json': iso27001File,
  'law/eu-ai-act-classification.json': lawFile,
  'risk-sources/risk-sources.json': riskSourcesFile,
  'glossary/glossary.json': glossaryFile,
  'watch/baseline.json': watchFile,
  'drafts/context-issues.json': draftIssuesFile,
  'drafts/interested-parties.json': draftPartiesFile,
  'drafts/risk-criteria.json': draftCriteriaFile,
} as const;

export type CatalogPath = keyof typeof catalogSchemas;
export const catalogPaths = Object.keys(catalogSchemas) as CatalogPath[];

/** The catalog as read and validated. */
export type Catalog = { readonly [P in CatalogPath]: z.infer<(typeof catalogSchemas)[P]> };
/** The catalog as read from disk. */
export type CatalogFiles = { readonly [P in CatalogPath]: unknown };
