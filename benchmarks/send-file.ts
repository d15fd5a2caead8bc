import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { request } from 'node:http';

// A sender in a process of its own, so that its memory and its work are not the server's: `send-file.ts URL TOKEN VERSION FILE`.
const [url = '', token = '', version = '', file = ''] = process.argv.slice(2);
const boundary = 'aimwell-bench';
const head = Buffer.from(
  `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="log.bin"\r\ncontent-type: application/octet-stream\r\n\r\n`,
);
const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
const { size } = await stat(file);
const out = request(url, {
  method: 'POST',
  headers: {
    authorization: `Bearer ${token}`,
    'if-match': `"${version}"`,
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': head.length + size + tail.length,
  },
});
const started = performance.now();
out.on('response', async (answer) => {
  let text = '';
  for await (const part of answer) text += String(part);
  process.stdout.write(JSON.stringify({ status: answer.statusCode, ms: performance.now() - started, text }));
});
out.write(head);
const bytes = createReadStream(file, { highWaterMark: 1_048_576 });
bytes.on('end', () => out.end(tail));
bytes.pipe(out, { end: false });
