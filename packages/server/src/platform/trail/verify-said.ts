/** An object of JSON as somebody wrote it; null for what is absent, erased, or no such thing. What is verified may hold anything. */
export const readSaid = (bytes: Uint8Array | string | null): Readonly<Record<string, unknown>> | null => {
  if (bytes === null || bytes.length === 0) return null;
  try {
    const said: unknown = JSON.parse(typeof bytes === 'string' ? bytes : new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof said === 'object' && said !== null && !Array.isArray(said) ? (said as Record<string, unknown>) : null;
  } catch {
    return null;
  }
};
