/** What bounds the management system, as recorded in the elements of the scope. */
export interface ScopeElement {
  readonly kind: 'unit' | 'site' | 'activity' | 'jurisdiction' | 'interface' | 'exclusion' | 'phase';
  readonly name: string;
  readonly decision: 'in' | 'out';
  readonly reason: string | null;
}

/** AI systems in scope, counted: a scope statement names kinds of activity, an inventory names systems. */
export interface ScopedSystems {
  readonly inScope: number;
  /** In scope by role of ISO/IEC 42001, 4.1; a system counts under each of its roles. */
  readonly byRole: Readonly<Record<string, number>>;
  /** Systems about which nobody has decided. */
  readonly undecided: number;
  /** Their names, given only while they are few enough to be read in a sentence. */
  readonly names: readonly string[];
}

export interface ScopeWording {
  /** A sentence ready to be edited; a person decides what stands on a certificate. */
  readonly statement: string;
  readonly aiRoles: string;
  /** What is left out and why; empty when nothing is. */
  readonly exclusions: string;
  /** What the wording could not say because no record says it. */
  readonly missing: readonly string[];
}

/** What an organisation does with AI systems in each role, as words of the sentence. */
const DEEDS: Readonly<Record<string, string>> = {
  developer: 'development',
  producer: 'production',
  provider: 'provision',
  user: 'use',
  customer: 'procurement',
  partner: 'integration',
};

/** Words a draft of the scope statement from what is recorded. It adds nothing of its own. Source: ISO/IEC 42001, 4.3. */
export function wordScope(organisation: string, elements: readonly ScopeElement[], systems: ScopedSystems): ScopeWording {
  const named = (kind: ScopeElement['kind']): readonly string[] =>
    elements.filter((element) => element.kind === kind && element.decision === 'in').map((element) => element.name);
  const deeds = Object.entries(DEEDS).filter(([role]) => (systems.byRole[role] ?? 0) > 0);
  const parts = [
    `The AI management system of ${organisation} covers the ${deeds.length > 0 ? listOf(deeds.map(([, deed]) => deed)) : 'handling'} of AI systems`,
    clause('in', named('activity')),
    clause('by', named('unit')),
    clause('at', named('site')),
    clause('in the phases', named('phase')),
    clause('under the law of', named('jurisdiction')),
  ].filter((part) => part !== '');
  const interfaces = named('interface');
  return {
    statement: [
      `${parts.join(' ')}.`,
      systemsSentence(systems),
      ...(interfaces.length > 0 ? [`It meets at its borders: ${listOf(interfaces)}.`] : []),
    ].join(' '),
    aiRoles: deeds.map(([role]) => `${capital(role)} of ${counted(systems.byRole[role] ?? 0, 'AI system')}.`).join(' '),
    exclusions: elements.filter(isLeftOut).map(exclusionSentence).join(' '),
    missing: missingOf(elements, systems, deeds.length > 0),
  };
}

/** An element of kind "exclusion" is left out by what it is, any other by its decision. */
const isLeftOut = (element: ScopeElement): boolean => element.kind === 'exclusion' || element.decision === 'out';

const exclusionSentence = ({ name, reason }: ScopeElement): string =>
  reason === null || reason.trim() === '' ? `Not covered: ${name}.` : `Not covered: ${name} (${reason.trim().replace(/[.\s]+$/u, '')}).`;

const systemsSentence = ({ inScope, names }: ScopedSystems): string => {
  if (inScope === 0) return 'No AI system is in scope yet.';
  const verb = inScope === 1 ? 'is' : 'are';
  return names.length === inScope
    ? `${counted(inScope, 'AI system')} ${verb} in scope: ${listOf(names)}.`
    : `${counted(inScope, 'AI system')} of the inventory ${verb} in scope.`;
};

function missingOf(elements: readonly ScopeElement[], systems: ScopedSystems, hasRole: boolean): readonly string[] {
  const lacks = (kind: ScopeElement['kind']): boolean => !elements.some((element) => element.kind === kind);
  return [
    ...(lacks('unit') && lacks('site') ? ['No unit and no site is recorded.'] : []),
    ...(lacks('activity') ? ['No activity is recorded.'] : []),
    ...(systems.inScope === 0 ? ['No AI system is decided to be in scope.'] : []),
    ...(systems.inScope > 0 && !hasRole ? ['No AI system in scope says in which role you stand to it.'] : []),
    ...(systems.undecided > 0 ? [`${counted(systems.undecided, 'AI system')} ${systems.undecided === 1 ? 'is' : 'are'} undecided.`] : []),
    ...elements
      .filter((element) => isLeftOut(element) && (element.reason ?? '').trim() === '')
      .map(({ name }) => `"${name}" is left out without a reason.`),
  ];
}

const clause = (word: string, names: readonly string[]): string => (names.length === 0 ? '' : `${word} ${listOf(names)}`);

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** "a", "a and b", "a, b and c" */
const listOf = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
