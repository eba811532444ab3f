/**
 * The buttons and the slider of a figure that moves: what a reader presses to see its frames.
 */

/** Milliseconds that a frame is shown. */
const FRAME_MS = 200

/**
 * Members of a layout: play, pause and a slider over the frames, standing on the one that a still image shows.
 * @param labels names of the frames, in order
 * @param prefix what stands before the name on the slider
 * @param frames 'redrawn' for traces that Plotly cannot move, such as maps of heights
 * @param still number of the frame that a still image shows, by default the last
 * @example player(['0', '1'], 't = ').sliders.length // 1
 */
export function player(
  labels: readonly string[],
  prefix: string,
  frames: 'moved' | 'redrawn' = 'moved',
  still: number = labels.length - 1,
): { readonly updatemenus: readonly object[]; readonly sliders: readonly object[] } {
  const frameOptions = {
    frame: { duration: FRAME_MS, redraw: frames === 'redrawn' },
    transition: { duration: 0 },
  }
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
        // Plotly's colour of a pressed button is for white paper only.
        showactive: false,
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
    sliders: [{ active: still, x: 0.25, len: 0.75, y: -0.13, yanchor: 'top', currentvalue: { prefix }, steps }],
  }
}
