/** What people's spreadsheets call things, by register and field, beyond the names in the declarations. */
export interface Vocabulary {
  /** Managed fields that a new record may bring along, because its room says how (see its behaviour for the deed `import`). */
  readonly broughtAlong?: readonly string[];
  /** More names of columns. */
  readonly columns?: Readonly<Record<string, readonly string[]>>;
  /** Choice → more names of it. `a+b` is one name for two choices. */
  readonly choices?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** What a complete record needs beyond its required fields; asked for only when the sheet speaks of it. */
  readonly needs?: readonly Need[];
}

export interface Need {
  /** As in "3 need a role". */
  readonly what: string;
  readonly code: string;
  /** The first is where an answer goes; any of them satisfies the need. */
  readonly fields: readonly [string, ...string[]];
  readonly suggest: (values: Readonly<Record<string, unknown>>) => string;
}

const isOurselves = (provider: unknown) =>
  typeof provider !== 'string' || /^(?:in[- ]?house|internal(?:ly)?|own|self|ourselves|none|n\/?a|-)\b/iu.test(provider.trim());

const systems: Vocabulary = {
  broughtAlong: ['state'],
  columns: {
    rolesLaw: ['our role', 'role'],
    state: ['stage', 'status', 'stage of development', 'development stage', 'lifecycle stage', 'life-cycle stage'],
  },
  choices: {
    state: {
      candidate: ['idea', 'ideation', 'planned', 'proposed', 'initiated', 'initiation', 'planned (not in production)'],
      in_development: [
        'development',
        'acquisition and/or development',
        'development and acquisition',
        'development (not in production)',
        'in development',
        'being built',
      ],
      pilot: ['testing', 'test', 'piloting', 'proof of concept', 'trial', 'implementation and assessment', 'implementation'],
      production: [
        'in use',
        'in production',
        'in operation',
        'operation and maintenance',
        'operation and management',
        'deployment',
        'operational',
        'live',
        'in mission',
        'rolled out',
        'deployed',
      ],
      retired: ['decommissioned', 'switched off'],
    },
    rolesLaw: {
      deployer: ['user', 'operator'],
      'provider+deployer': ['both', 'provider and deployer', 'provider/deployer', 'deployer and provider'],
    },
    rolesStandard: { 'provider+user': ['provider and user'] },
    origin: {
      built: ['developed in-house', 'in-house', 'custom', 'no contract/external resources used in development'],
      bought: ['purchased', 'developed with contracting resources', 'exclusively developed with contract/external resources', 'commercial'],
      mixed: [
        'developed with both contracting and in-house resources',
        'developed with a combination of in-house and contract/external resources',
      ],
    },
  },
  needs: [
    {
      what: 'a role',
      code: 'ROLE_MISSING',
      fields: ['rolesLaw', 'rolesStandard'],
      suggest: ({ provider }) => (isOurselves(provider) ? 'provider' : 'deployer'),
    },
  ],
};

const vocabularies: Readonly<Record<string, Vocabulary>> = { systems };

export const vocabularyOf = (register: string): Vocabulary => vocabularies[register] ?? {};
