import helmet from 'helmet';

/** Headers that keep pages from doing what ours never do. Made once: they are the same for every answer. */
export const safeHeaders = (publicUrl: string): Readonly<Record<string, string>> => {
  const isSecure = publicUrl.startsWith('https:');
  const headers: Record<string, string> = {};
  const answer = { setHeader: (name: string, value: string) => (headers[name.toLowerCase()] = value), removeHeader: () => undefined };
  helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        upgradeInsecureRequests: isSecure ? [] : null,
      },
    },
    crossOriginEmbedderPolicy: false,
    hsts: isSecure,
  })({} as never, answer as never, () => undefined);
  return headers;
};
