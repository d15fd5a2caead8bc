import { checkFrameworks, checkLaw } from './check-law.ts';
import { checkRules } from './check-rules.ts';
import { checkClauses, checkControls, checkDocuments, knownIds } from './check-standard.ts';
import { checkSuggestions } from './check-suggestions.ts';
import { catalogPaths, catalogSchemas, type Catalog, type CatalogFiles } from './files.ts';

/** What the schemas say against the files: a missing source or date, an unknown key, an empty text. */
function checkShapes(files: CatalogFiles): string[] {
  return catalogPaths.flatMap((path) => {
    const parsed = catalogSchemas[path].safeParse(files[path]);
    if (parsed.success) return [];
    return parsed.error.issues.map((issue) => `${path} at ${issue.path.join('.')}: ${issue.message}`);
  });
}

/**
 * Judges the whole catalog and returns every problem as a sentence; an empty list means that it may be shipped.
 * Shapes first: references are only looked at when all files have theirs.
 */
export function checkCatalog(files: CatalogFiles): string[] {
  const shapes = checkShapes(files);
  if (shapes.length > 0) return shapes;
  const catalog = files as Catalog;
  const known = knownIds(catalog);
  return [
    ...checkClauses(catalog, known),
    ...checkControls(catalog, known),
    ...checkDocuments(catalog, known),
    ...checkRules(catalog, known),
    ...checkFrameworks(catalog, known),
    ...checkLaw(catalog),
    ...checkSuggestions(catalog, known),
  ];
}
