import type { Json } from '../blocks/checks.ts';
import { lengthOf } from '../blocks/checks.ts';
import { LIMITS } from '../blocks/limits.ts';
import { messageProblems } from '../blocks/surfaces.ts';
import type { Message } from '../types.ts';
import { withIds } from '../workspace.ts';
import { type ErrorAnswer, fail, failWith, flag, isRecord, structured, text } from './method.ts';

/** What a message says, checked; absent fields were not given by the caller. */
export type Content = Pick<Message, 'text'> &
  Partial<Pick<Message, 'blocks' | 'attachments' | 'metadata' | 'username' | 'mrkdwn'>> & {
    truncated: boolean;
  };

type Options = { metadata: boolean; repeatedIds?: boolean };

/** The content named by a method's arguments, or Slack's refusal of it. */
export function contentOf(args: Json, options: Options = { metadata: true }): Content | ErrorAnswer {
  const blocks = blocksOf(args, options);
  if ('ok' in blocks) return blocks;
  const attachments = attachmentsOf(args);
  if ('ok' in attachments) return attachments;
  const metadata = options.metadata ? metadataOf(args) : {};
  if ('ok' in metadata) return metadata;

  const given = text(args.text) ?? '';
  const empty = !given.trim() && !blocks.blocks?.length && !attachments.attachments?.length;
  if (empty) return fail('no_text');
  const characters = [...given];
  const truncated = characters.length > LIMITS.message.textTruncatedAt;
  const username = text(args.username);
  return {
    text: truncated ? characters.slice(0, LIMITS.message.textTruncatedAt).join('') : given,
    ...blocks,
    ...attachments,
    ...metadata,
    ...(username ? { username } : {}),
    ...(args.mrkdwn !== undefined && !flag(args.mrkdwn) ? { mrkdwn: false } : {}),
    truncated,
  };
}

function blocksOf(args: Json, options: Options): { blocks?: Json[] } | ErrorAnswer {
  const markdown = text(args.markdown_text);
  if (markdown) return markdownBlock(markdown, args);
  const read = structured(args.blocks);
  if (read === 'unreadable') return fail('invalid_blocks_format');
  if (read.value === undefined || read.value === null) return {};
  if (!Array.isArray(read.value)) return fail('invalid_blocks_format');
  const problems = messageProblems(read.value, '/blocks', { repeatedIds: options.repeatedIds ?? false });
  if (problems.length > 0) return failWith('invalid_blocks', problems);
  const blocks = read.value as Json[];
  return blocks.length === 0 ? { blocks: [] } : { blocks: withIds(blocks) };
}

function markdownBlock(markdown: string, args: Json): { blocks: Json[] } | ErrorAnswer {
  if (text(args.text) || args.blocks) return fail('markdown_text_conflict');
  if (lengthOf(markdown) > LIMITS.message.markdownText) return fail('msg_too_long');
  return { blocks: withIds([{ type: 'markdown', text: markdown }]) };
}

function attachmentsOf(args: Json): { attachments?: Json[] } | ErrorAnswer {
  const read = structured(args.attachments);
  if (read === 'unreadable') return fail('invalid_attachments');
  if (read.value === undefined || read.value === null || read.value === false) return {};
  if (!Array.isArray(read.value) || !read.value.every(isRecord)) return fail('invalid_attachments');
  if (read.value.length > LIMITS.message.attachments) return fail('too_many_attachments');
  const problems = read.value.flatMap((attachment: Json, index: number) =>
    attachment.blocks === undefined ? [] : messageProblems(attachment.blocks, `/attachments/${index}/blocks`),
  );
  if (problems.length > 0) return failWith('invalid_attachments', problems);
  return {
    attachments: read.value.map((attachment: Json) =>
      Array.isArray(attachment.blocks) ? { ...attachment, blocks: withIds(attachment.blocks) } : attachment,
    ),
  };
}

function metadataOf(args: Json): Pick<Content, 'metadata'> | ErrorAnswer {
  const read = structured(args.metadata);
  if (read === 'unreadable') return fail('invalid_metadata_format');
  if (read.value === undefined || read.value === null) return {};
  const metadata = read.value;
  if (!isRecord(metadata)) return fail('invalid_metadata_format');
  const { event_type: type, event_payload: payload } = metadata;
  if (typeof type !== 'string' || type === '' || !isRecord(payload)) return fail('invalid_metadata_format');
  const nested = Object.values(payload).some((value) => typeof value === 'object' && value !== null);
  if (nested) return fail('invalid_metadata_schema');
  if (Buffer.byteLength(JSON.stringify(metadata)) > LIMITS.message.metadataBytes)
    return fail('metadata_too_large');
  return { metadata: { event_type: type, event_payload: payload } };
}
