import type { CaptureContent } from '#contract/capture.ts';
import { useEffect, useMemo, useRef } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { Facts } from './facts.tsx';

interface PictureBodyProps {
  readonly picture: Extract<CaptureContent, { kind: 'picture' }>;
  readonly name: string;
}

/** A greyscale picture, pixel by pixel. */
export function PictureBody({ picture, name }: PictureBodyProps) {
  const { t, n } = useWords();
  const host = useRef<HTMLCanvasElement>(null);
  const { width, height } = picture;
  const pixels = useMemo(() => Uint8Array.from(atob(picture.pixels), (letter) => letter.charCodeAt(0)), [picture]);
  useEffect(() => {
    const pen = host.current!.getContext('2d');
    if (!pen) return;
    const image = pen.createImageData(width, height);
    for (const [k, grey] of pixels.entries()) image.data.set([grey, grey, grey, 255], 4 * k);
    pen.putImageData(image, 0, 0);
  }, [pixels, width, height]);
  let [low, high, sum] = [255, 0, 0];
  for (const grey of pixels) [low, high, sum] = [Math.min(low, grey), Math.max(high, grey), sum + grey];
  const mean = n(sum / pixels.length, 1);
  return (
    <>
      <canvas
        ref={host}
        className="capture-picture"
        width={width}
        height={height}
        role="img"
        aria-label={t('captures.picture', { name, width, height, mean, low, high })}
      />
      <Facts
        facts={[
          [t('captures.pixels'), `${width} × ${height}`],
          [t('captures.grey'), `${low}–${high}`],
          [t('captures.meanGrey'), mean],
        ]}
      />
    </>
  );
}
