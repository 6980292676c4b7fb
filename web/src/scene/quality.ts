export type Quality = 'low' | 'medium' | 'high';

export interface QualitySettings {
  shading: 'physical' | 'lambert';
  /** Whether machines shade the floor, and whether what moves does so too. */
  shadows: 'none' | 'still' | 'live';
  shadowMapPx: number;
  /** Size of the environment map; 0 for none. It takes 12 s under software GL. */
  environmentPx: number;
  antialias: boolean;
  maxPixelRatio: number;
  maxFps: number;
  /** Fine lines along edges, where neither shadows nor reflections tell surfaces apart. */
  edgeLines: boolean;
}

export const QUALITY: Record<Quality, QualitySettings> = {
  low: {
    shading: 'lambert',
    shadows: 'none',
    shadowMapPx: 0,
    environmentPx: 0,
    antialias: false,
    maxPixelRatio: 1,
    maxFps: 8,
    edgeLines: true,
  },
  medium: {
    shading: 'physical',
    shadows: 'still',
    shadowMapPx: 1024,
    environmentPx: 64,
    antialias: true,
    maxPixelRatio: 1.25,
    maxFps: 30,
    edgeLines: true,
  },
  high: {
    shading: 'physical',
    shadows: 'live',
    shadowMapPx: 2048,
    environmentPx: 128,
    antialias: true,
    maxPixelRatio: 2,
    maxFps: 60,
    edgeLines: true,
  },
};
