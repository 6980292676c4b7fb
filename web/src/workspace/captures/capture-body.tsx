import type { CaptureResult } from '#contract/capture.ts';
import { useWords } from '../../i18n/use-words.ts';
import { CurveBody } from './curve-body.tsx';
import { DocumentBody } from './document-body.tsx';
import { PictureBody } from './picture-body.tsx';
import { WaveformBody } from './waveform-body.tsx';

const HEIGHT = 170;
const LARGE_HEIGHT = 380;

/** A capture as a person reads it, with its equal in words. */
export function CaptureBody({ taken, isLarge }: { readonly taken: CaptureResult; readonly isLarge: boolean }) {
  const { say } = useWords();
  const { capture, text } = taken;
  const shown = { name: say(text), height: isLarge ? LARGE_HEIGHT : HEIGHT };
  if (capture.kind === 'waveform') return <WaveformBody waveform={capture} {...shown} />;
  if (capture.kind === 'curve') return <CurveBody curve={capture} {...shown} />;
  if (capture.kind === 'picture') return <PictureBody picture={capture} name={shown.name} />;
  return <DocumentBody content={capture.content} />;
}
