import { asOfMomentHeader, asOfSizeHeader, type Endpoint } from '@aimwell/contract/platform/endpoint';
import { problem } from '@aimwell/contract/platform/problem';
import { z } from 'zod';

type Json = Record<string, unknown>;

/** OpenAPI 3.1 of all endpoints, from their declarations. Schemas with an id become components. */
export const openApi = (endpoints: readonly Endpoint[], version: string): Json => {
  const components: Record<string, Json> = {};
  const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
    const { $defs, $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Json & {
      $defs?: Record<string, Json>;
    };
    void $schema;
    for (const [name, definition] of Object.entries($defs ?? {})) components[name] ??= relocate(definition);
    const { id, ...body } = relocate(rest) as Json & { id?: string };
    if (typeof id !== 'string') return body;
    components[id] ??= body;
    return { $ref: `#/components/schemas/${id}` };
  };
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    const address = endpoint.path.replaceAll(/:([a-zA-Z]+)/g, '{$1}');
    const entry = (paths[address] ??= {});
    entry[endpoint.method.toLowerCase()] = {
      operationId: endpoint.name,
      summary: endpoint.summary,
      tags: [endpoint.register ?? endpoint.name.split('.')[0]],
      ...(endpoint.access.kind === 'public' ? { security: [] } : {}),
      ...(endpoint.access.kind === 'member' ? { 'x-roles': endpoint.access.roles } : {}),
      parameters: [
        ...parametersOf(endpoint.params, 'path', schemaOf),
        ...parametersOf(endpoint.query, 'query', schemaOf),
        ...(endpoint.method === 'POST'
          ? [
              {
                name: 'Idempotency-Key',
                in: 'header',
                schema: { type: 'string', maxLength: 200 },
                description: 'The same key brings the same answer and one effect.',
              },
            ]
          : []),
        ...(endpoint.method === 'PATCH' || endpoint.method === 'DELETE'
          ? [{ name: 'If-Match', in: 'header', schema: { type: 'string' }, description: 'The version you saw, from the ETag header.' }]
          : []),
      ],
      ...(endpoint.body === undefined
        ? {}
        : { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(endpoint.body, 'input') } } } }),
      responses: {
        [String(endpoint.status ?? 200)]: {
          description: 'The good answer',
          ...(endpoint.asOf === true ? { headers: pastHeaders } : {}),
          content:
            endpoint.binary === true
              ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
              : { 'application/json': { schema: schemaOf(endpoint.response, 'output') } },
        },
        default: {
          description: 'What stands against it',
          content: { 'application/problem+json': { schema: schemaOf(problem, 'output') } },
        },
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Aimwell',
      version,
      description:
        'Run an AI management system under ISO/IEC 42001. Lists page by cursor; writes name the version they saw; errors are problem+json.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      schemas: components,
      securitySchemes: { token: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: 'aimwell_session' } },
    },
  };
};

/** Of an answer to `asOf`. */
const pastHeaders: Json = {
  [asOfSizeHeader]: { schema: { type: 'integer' }, description: 'Size of the checkpoint on which an answer as of a moment rests.' },
  [asOfMomentHeader]: { schema: { type: 'string', format: 'date-time' }, description: 'When that checkpoint was signed.' },
};

/** References inside a schema point to its own definitions; here they point to the components. */
const relocate = (schema: Json): Json => JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;

const parametersOf = (
  schema: z.ZodType | undefined,
  place: 'path' | 'query',
  schemaOf: (schema: z.ZodType, io: 'input') => Json,
): Json[] =>
  schema instanceof z.ZodObject
    ? Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, one]) => ({
        name,
        in: place,
        required: place === 'path',
        schema: schemaOf(one, 'input'),
      }))
    : [];
