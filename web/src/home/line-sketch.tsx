/** A quiet drawing of the line: the loop, its stations, a few carriers that go round. Decoration only. */
export const LineSketch = () => (
  <svg className="sketch" viewBox="0 0 460 300" aria-hidden="true">
    <rect x="6" y="40" width="448" height="220" rx="22" className="sketch-floor" />
    <rect x="96" y="106" width="268" height="92" rx="40" className="sketch-belt" />
    <path
      id="sketch-way"
      d="M136 106H324a40 40 0 0 1 40 40v12a40 40 0 0 1-40 40H136a40 40 0 0 1-40-40v-12a40 40 0 0 1 40-40z"
      className="sketch-way"
    />
    {MACHINES.map(([x, y, w, h]) => (
      <g key={`${x},${y}`}>
        <rect x={x} y={y} width={w} height={h} rx="5" className="sketch-machine" />
        <rect x={x + 6} y={y + 6} width={w - 12} height="9" rx="2" className="sketch-window" />
      </g>
    ))}
    {[0, 1, 2, 3, 4, 5, 6].map((k) => (
      <rect
        key={k}
        x="-7"
        y="-7"
        width="14"
        height="14"
        rx="3"
        className="sketch-carrier"
        style={{ offsetDistance: `${k * 14.3}%`, animationDelay: `${-k * 4}s` }}
      />
    ))}
  </svg>
);

/** x, y, width, height. */
const MACHINES: readonly (readonly [number, number, number, number])[] = [
  [24, 92, 48, 116],
  [134, 56, 54, 38],
  [200, 62, 38, 32],
  [250, 62, 40, 32],
  [302, 62, 44, 32],
  [302, 210, 40, 34],
  [238, 210, 44, 34],
  [176, 210, 40, 34],
  [388, 118, 46, 68],
];
