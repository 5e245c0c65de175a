/** Multipart bodies, read with busboy from bytes already received (the body limit has been held by then). */
import { Busboy } from '@fastify/busboy';
import { BadRequestError } from '../errors.js';
import type { MultipartForm, UploadedFile } from './handler.js';

/** @throws BadRequestError for bytes that are no form */
export function parseForm(bytes: Buffer | undefined, contentType: string): Promise<MultipartForm> {
  return new Promise((resolve, reject) => {
    const refuse = (cause: unknown): void => {
      reject(new BadRequestError('Input is invalid', {}, { detail: 'The multipart body cannot be read.', cause }));
    };
    const fields: [string, string][] = [];
    const files: UploadedFile[] = [];
    try {
      const parser = new Busboy({ headers: { 'content-type': contentType }, limits: { files: 10, fields: 50 } });
      parser.on('field', (name, value) => fields.push([name, value]));
      parser.on('file', (field, stream, filename, _encoding, mediaType) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('error', refuse);
        stream.on('end', () =>
          files.push({ field, filename: filename || 'image', mediaType, bytes: Buffer.concat(chunks) }),
        );
      });
      parser.on('error', refuse);
      parser.on('finish', () => {
        resolve({ fields: Object.fromEntries(fields), files });
      });
      parser.end(bytes ?? Buffer.alloc(0));
    } catch (error) {
      refuse(error);
    }
  });
}
