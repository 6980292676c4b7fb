interface IconProps {
  readonly size?: number;
}

function icon(viewBox: number, shape: React.JSX.Element) {
  const Icon = ({ size = 15 }: IconProps) => (
    <svg width={size} height={size} viewBox={`0 0 ${viewBox} ${viewBox}`} aria-hidden="true">
      {shape}
    </svg>
  );
  return Icon;
}

const stroke = (d: string, width = 1.6) => (
  <path d={d} fill="none" stroke="currentColor" strokeWidth={width} strokeLinecap="round" strokeLinejoin="round" />
);

export const Chevron = icon(10, stroke('m3 1.5 4 3.5-4 3.5'));
export const ChevronDown = icon(10, stroke('m1.5 3 3.5 4 3.5-4'));
export const Cross = icon(12, stroke('m2 2 8 8m0-8-8 8'));
export const PauseIcon = icon(12, <path d="M2.5 2h2.4v8H2.5zM7.1 2h2.4v8H7.1z" fill="currentColor" />);
export const PlayIcon = icon(12, <path d="M2.5 1.2 10.8 6 2.5 10.8z" fill="currentColor" />);
export const MoonIcon = icon(16, <path d="M13.5 10A6 6 0 0 1 6 2.5 6 6 0 1 0 13.5 10z" fill="currentColor" />);
export const ForwardIcon = icon(12, <path d="M1 1.8 6 6 1 10.2zM6 1.8 11 6 6 10.2z" fill="currentColor" />);
export const PlugIcon = icon(16, stroke('M5.5 1.5v4m5-4v4M3.5 5.5h9v2.2a4.5 4.5 0 0 1-9 0zM8 12.2v2.6', 1.5));
export const PanelIcon = icon(16, stroke('M2 3h12v10H2zM10 3v10', 1.4));
export const TrendIcon = icon(12, stroke('M1 9.5 4.5 5 7 7.5 11 2.5', 1.4));
export const DotIcon = icon(8, <circle cx="4" cy="4" r="3.2" fill="currentColor" />);

export const PassedIcon = icon(
  16,
  <>
    <circle cx="8" cy="8" r="7.5" fill="var(--ok)" />
    <path d="m4.5 8.3 2.4 2.4 4.6-5" stroke="var(--surface)" strokeWidth="1.8" fill="none" />
  </>,
);
export const FailedIcon = icon(
  16,
  <>
    <rect x=".8" y=".8" width="14.4" height="14.4" rx="3" fill="var(--fault-fill)" />
    <path d="m5 5 6 6m0-6-6 6" stroke="#fff" strokeWidth="1.8" />
  </>,
);
export const WaitingIcon = icon(
  16,
  <circle cx="8" cy="8" r="6.8" fill="none" stroke="var(--text-2)" strokeWidth="1.6" strokeDasharray="3 2.2" />,
);
export const OpenIcon = icon(
  16,
  <circle cx="8" cy="8" r="6.8" fill="none" stroke="var(--line-strong)" strokeWidth="1.4" />,
);

export const Logo = () => (
  <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
    <rect width="24" height="24" rx="6" fill="var(--accent)" />
    <path
      d="M5 16.5 12 20l7-3.5M5 12l7 3.5 7-3.5M12 4 5 7.5 12 11l7-3.5z"
      fill="none"
      stroke="var(--on-accent)"
      strokeWidth="1.7"
      strokeLinejoin="round"
    />
  </svg>
);
