/** Namespace of our properties in a BPMN file. Other tools keep and ignore it, so files stay standard. */
export const aimsUri = 'urn:aimwell:process:1';

const text = (name: string) => ({ name, isAttr: true, type: 'String' });

/**
 * What our namespace adds, as bpmn-moddle and bpmn-js read it. Lists are words parted by spaces. FEEL begins with `=` wherever plain
 * text is possible too.
 */
export const aimsDescriptor = {
  name: 'Aimwell',
  uri: aimsUri,
  prefix: 'aims',
  xml: { tagAlias: 'lowerCase' },
  associations: [],
  types: [
    {
      name: 'Step',
      superClass: ['Element'],
      properties: [
        text('role'),
        text('form'),
        text('evidence'),
        text('references'),
        text('due'),
        text('escalateTo'),
        text('notBy'),
        // Service and send tasks: what the product does. Its names stand in the list of jobs.
        text('job'),
        // Business rule tasks: FEEL, and the variable that takes its value.
        text('rule'),
        text('result'),
        // Several at once or one after another: FEEL that gives a list, and the name of its item.
        text('each'),
        text('as'),
        // Messages: FEEL that says whose message it is.
        text('correlation'),
        // Call activities: a number pins the version, absent is the newest.
        { name: 'calledVersion', isAttr: true, type: 'Integer' },
        { name: 'raci', type: 'Raci', isMany: true },
      ],
    },
    { name: 'Raci', superClass: ['Element'], properties: [text('role'), text('part')] },
    // On a lane: the role of everybody who works in it.
    { name: 'Lane', superClass: ['Element'], properties: [text('role')] },
  ],
} as const;
