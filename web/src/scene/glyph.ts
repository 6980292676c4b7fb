import { type SceneState, STATES } from './states.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** The glyph of a state as an SVG element, for labels that live outside React. */
export function stateGlyph(state: SceneState, sizePx = 12): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 12 12');
  svg.setAttribute('width', String(sizePx));
  svg.setAttribute('height', String(sizePx));
  svg.setAttribute('aria-hidden', 'true');
  for (const { d, fill, stroke, strokeWidth } of STATES[state].glyph) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    path.setAttribute('fill', fill);
    if (stroke) path.setAttribute('stroke', stroke);
    if (strokeWidth) path.setAttribute('stroke-width', String(strokeWidth));
    svg.append(path);
  }
  return svg;
}

/** An SVG that covers its host, with one path: the stems from labels to what they name. */
export function stemLayer(): { svg: SVGSVGElement; path: SVGPathElement } {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'scene-stems');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  svg.append(path);
  return { svg, path };
}
