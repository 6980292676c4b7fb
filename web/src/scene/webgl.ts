/** The browser gives no WebGL 2 context: show the schematic instead. */
export class WebGlMissing extends Error {
  constructor(options?: ErrorOptions) {
    super('This browser offers no WebGL 2, so the line cannot be shown in 3D.', options);
    this.name = 'WebGlMissing';
  }
}

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Draws by the processor instead of a graphics card: the renderer's name tells; the "major performance caveat" does not. */
export function isSoftwareRenderer(rendererName: string): boolean {
  return SOFTWARE.test(rendererName);
}

/** Throws WebGlMissing. */
export function probeWebGl(): { rendererName: string } {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) throw new WebGlMissing();
  const debug = gl.getExtension('WEBGL_debug_renderer_info');
  const rendererName = String(gl.getParameter(debug ? debug.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return { rendererName };
}
