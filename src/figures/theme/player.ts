/**
 * The buttons and the slider of a figure that moves: what a reader presses to see its frames.
 */

/** Milliseconds that a frame is shown. */
const FRAME_MS = 200

/** CSS pixels that buttons and slider take below the axes. */
export const PLAYER_HEIGHT = 100

/** CSS pixels below axes that their own labels and title take. */
const BELOW_AXES = 54

/**
 * Members of a layout: play, pause and a slider over the frames, standing on the one that a still image shows.
 * @param labels names of the frames, in order
 * @param prefix what stands before the name on the slider
 * @param frames 'redrawn' for traces that Plotly cannot move, such as maps of heights
 * @param still number of the frame that a still image shows, by default the last
 * @param below CSS pixels below the axes that are taken; few for a scene in space
 * @example player(['0', '1'], 't = ').sliders.length // 1
 */
export function player(
  labels: readonly string[],
  prefix: string,
  frames: 'moved' | 'redrawn' = 'moved',
  still: number = labels.length - 1,
  below: number = BELOW_AXES,
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
        // In pixels, so that it stays below the labels of axes of any height.
        ...{ x: 0, y: 0, xanchor: 'left', yanchor: 'top', pad: { t: below } },
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
      {
        ...{ active: still, steps, x: 0, len: 1, y: 0, yanchor: 'top', pad: { t: below } },
        // Beside the buttons, whatever the width; the rail is below both.
        currentvalue: { prefix, xanchor: 'right', offset: 26 },
      },
    ],
  }
}
