/**
 * The settings of nbgrader that notebooks in TypeScript need.
 */

/** The file that nbgrader reads in the folder that it is called in. */
export const CONFIG_FILE = 'nbgrader_config.py'

/** What stands in place of a solution, as an entry of a Python dictionary. */
export const STUB = '"typescript": "// YOUR CODE HERE"'

export const COURSE_CONFIG: string = `\
# Settings of nbgrader for notebooks in TypeScript; docs/teaching.md of mean-field-limit says how to use them.
c = get_config()

# What students find where the solution was, by the language of the notebook's kernel.
c.ClearSolutions.code_stub = {
    ${STUB},
    "python": "# YOUR CODE HERE\\nraise NotImplementedError()",
}

# Seconds after which a cell is interrupted while it is graded. It has failed then; the cells after it run.
c.Execute.timeout = 120

# A loop that no interrupt ends, as "for (;;) await 0", costs the marks of the cells after it, not of those before it.
c.Execute.raise_on_iopub_timeout = False

# zip_collect: one archive for each student, named after the student, with the notebooks anywhere in it.
c.FileNameCollectorPlugin.named_regexp = (
    r".*[/\\\\]extracted[/\\\\](?P<student_id>[^/\\\\]+)[/\\\\]"
    r"(?:.*[/\\\\])?(?P<file_id>[^/\\\\]+)\\.ipynb$"
)
`
