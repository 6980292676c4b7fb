export type Quality = 'low' | 'medium' | 'high';

export interface QualitySettings {
  shading: 'physical' | 'lambert';
  /** How finely shapes are cut. */
  detail: 'fine' | 'plain';
  /** Whether machines shade the floor, and whether what moves does so too. */
  shadows: 'none' | 'still' | 'live';
  shadowMapPx: number;
  /** Size of the environment map; 0 for none. It takes 12 s under software GL. */
  environmentPx: number;
  antialias: boolean;
  maxPixelRatio: number;
  /** So many are drawn at most, however large the window; the picture is stretched beyond. */
  maxPixels: number;
  /** How sharp the floor stays at grazing angles. */
  anisotropy: number;
  maxFps: number;
}

export const QUALITY: Record<Quality, QualitySettings> = {
  low: {
    shading: 'lambert',
    detail: 'plain',
    shadows: 'none',
    shadowMapPx: 0,
    environmentPx: 0,
    antialias: false,
    maxPixelRatio: 1,
    maxPixels: 1.2e6,
    anisotropy: 1,
    maxFps: 5,
  },
  medium: {
    shading: 'physical',
    detail: 'fine',
    shadows: 'still',
    shadowMapPx: 1024,
    environmentPx: 64,
    antialias: true,
    maxPixelRatio: 1.25,
    maxPixels: 4e6,
    anisotropy: 4,
    maxFps: 30,
  },
  high: {
    shading: 'physical',
    detail: 'fine',
    shadows: 'live',
    shadowMapPx: 2048,
    environmentPx: 128,
    antialias: true,
    maxPixelRatio: 2,
    maxPixels: 9e6,
    anisotropy: 8,
    maxFps: 60,
  },
};
