import type { Way } from '#simulator/plant/way.ts';
import { type Layout, radians } from './layout.ts';
import type { ThemeColours } from './palette.ts';
import { type Slab, slabSize } from './slab.ts';

const LANE_M = 1.04;
const PAD_M = 0.25;
const FONT = '"Inter Variable", Inter, system-ui, sans-serif';

/** Paints the floor seen from above: grid, lanes, a pad for each station with its id. One texel row is one line of `scale` px/m. */
export function paintFloor(
  canvas: HTMLCanvasElement,
  slab: Slab,
  layout: Layout,
  colours: ThemeColours,
  scale: number,
) {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const { width, depth } = slabSize(slab);
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(depth * scale);
  pen.scale(scale, scale);
  pen.translate(-slab.x0, -slab.z0);
  pen.fillStyle = colours.floor;
  pen.fillRect(slab.x0, slab.z0, width, depth);
  paintGrid(pen, slab, colours);
  const lanes = [...layout.ways].filter(([name]) => !layout.belts.has(name)).map(([, way]) => way);
  paintLanes(pen, lanes, colours);
  for (const station of layout.stations) {
    if (station.type !== 'loop-conveyor') paintPad(pen, station, colours);
  }
}

function paintGrid(pen: CanvasRenderingContext2D, { x0, x1, z0, z1 }: Slab, { grid }: ThemeColours): void {
  pen.strokeStyle = grid;
  pen.lineWidth = 0.02;
  const line = (at: number, fromX: number, fromZ: number, toX: number, toZ: number) => {
    pen.globalAlpha = at % 5 ? 0.16 : 0.34;
    pen.beginPath();
    pen.moveTo(fromX, fromZ);
    pen.lineTo(toX, toZ);
    pen.stroke();
  };
  for (let x = Math.ceil(x0); x <= x1; x++) line(x, x, z0, x, z1);
  for (let z = Math.ceil(z0); z <= z1; z++) line(z, x0, z, x1, z);
  pen.globalAlpha = 1;
}

/** First all borders, then all surfaces, so that lanes that meet have no line between them. */
function paintLanes(pen: CanvasRenderingContext2D, lanes: readonly Way[], { lane, mark }: ThemeColours): void {
  pen.lineJoin = 'round';
  pen.lineCap = 'round';
  const trace = (way: Way, style: string, lineWidth: number) => {
    pen.strokeStyle = style;
    pen.lineWidth = lineWidth;
    pen.beginPath();
    for (let s = 0; s <= way.length; s += 0.1) {
      const { x, z } = way.at(s);
      pen.lineTo(x, z);
    }
    if (way.isClosed) pen.closePath();
    pen.stroke();
  };
  for (const way of lanes) trace(way, mark, LANE_M + 0.1);
  for (const way of lanes) trace(way, lane, LANE_M);
  pen.lineCap = 'butt';
  pen.globalAlpha = 0.75;
  pen.setLineDash([0.3, 0.3]);
  for (const way of lanes) trace(way, mark, 0.045);
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

function paintPad(pen: CanvasRenderingContext2D, station: Layout['stations'][number], colours: ThemeColours): void {
  const { id, at, size } = station;
  const [w, d] = [(size?.w ?? 2) + 2 * PAD_M, (size?.d ?? 2) + 2 * PAD_M];
  pen.save();
  pen.translate(at.x, at.z);
  pen.rotate(-radians(at.turn));
  pen.beginPath();
  pen.roundRect(-w / 2, -d / 2, w, d, 0.18);
  pen.globalAlpha = 0.66;
  pen.fillStyle = colours.lane;
  pen.fill();
  pen.globalAlpha = 0.85;
  pen.strokeStyle = colours.mark;
  pen.lineWidth = 0.045;
  pen.stroke();
  pen.restore();
  const isTurned = Math.abs(Math.sin(radians(at.turn))) > 0.7;
  pen.fillStyle = colours.letter;
  pen.globalAlpha = 0.9;
  pen.save();
  pen.translate(at.x - (isTurned ? d : w) / 2, at.z + (isTurned ? w : d) / 2 + 0.44);
  // Fonts of less than a pixel are not set well, so letters are set large and scaled down.
  pen.scale(0.01, 0.01);
  pen.font = `600 46px ${FONT}`;
  pen.fillText(id, 0, 0);
  pen.restore();
  pen.globalAlpha = 1;
}
