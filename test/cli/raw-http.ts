import { connect } from 'node:net';

export interface Answer {
  /** 0 where the connection was closed without an answer. */
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Sends bytes as they are: fetch would tidy up the target and the Host. */
export function send(
  port: number,
  requestLine: string,
  headers: readonly string[],
  address = '127.0.0.1',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, address, () => {
      socket.write(`${requestLine}\r\n${[...headers, 'Connection: close'].join('\r\n')}\r\n\r\n`);
    });
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(parseAnswer(Buffer.concat(chunks).toString())));
  });
}

/** A plain GET with our own Host. */
export function get(port: number, target: string, ...headers: string[]): Promise<Answer> {
  return send(port, `GET ${target} HTTP/1.1`, [`Host: 127.0.0.1:${port}`, ...headers]);
}

function parseAnswer(text: string): Answer {
  const [head = '', ...body] = text.split('\r\n\r\n');
  const [status = '', ...fields] = head.split('\r\n');
  const headers = fields.map((field): [string, string] => {
    const colon = field.indexOf(':');
    return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
  });
  return {
    status: Number(status.split(' ')[1] ?? 0),
    headers: new Map(headers),
    body: body.join('\r\n\r\n'),
  };
}
