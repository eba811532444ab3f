/**
 * The buttons and the slider of a figure that moves: what a reader presses to see its frames.
 */

/** Milliseconds that a frame is shown. */
const FRAME_MS = 200

const frameOptions = { frame: { duration: FRAME_MS, redraw: false }, transition: { duration: 0 } }

/**
 * Members of a layout: play, pause and a slider over the frames, standing on the last one, which is what a still image shows.
 * @param labels names of the frames, in order
 * @param prefix what stands before the name on the slider
 * @example player(['0', '1'], 't = ').sliders.length // 1
 */
export function player(
  labels: readonly string[],
  prefix: string,
): { readonly updatemenus: readonly object[]; readonly sliders: readonly object[] } {
  const steps = labels.map(label => ({
    method: 'animate',
    label,
    args: [[label], { mode: 'immediate', ...frameOptions }],
  }))
  return {
    updatemenus: [
      {
        type: 'buttons',
        direction: 'left',
        x: 0,
        y: -0.16,
        xanchor: 'left',
        yanchor: 'top',
        buttons: [
          {
            method: 'animate',
            label: '▶ play',
            args: [null, { fromcurrent: false, mode: 'immediate', ...frameOptions }],
          },
          { method: 'animate', label: '❚❚ pause', args: [[null], { mode: 'immediate' }] },
        ],
      },
    ],
    sliders: [
      { active: labels.length - 1, x: 0.25, len: 0.75, y: -0.13, yanchor: 'top', currentvalue: { prefix }, steps },
    ],
  }
}
