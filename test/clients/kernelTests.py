"""jupyter_kernel_test for the kernel named by the variable KERNEL. A test that gets no answer fails after a while."""

import os
import signal
import unittest

import jupyter_kernel_test

KERNEL = os.environ["KERNEL"]
PATIENCE = 30  # seconds


class Patient:
    def setUp(self):
        signal.signal(signal.SIGALRM, self.give_up)
        signal.alarm(PATIENCE)

    def tearDown(self):
        signal.alarm(0)

    @staticmethod
    def give_up(_signal, _frame):
        raise TimeoutError(f"no answer within {PATIENCE} s")


class KernelTests(Patient, jupyter_kernel_test.KernelTests):
    kernel_name = KERNEL
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("oh no")'
    completion_samples = [
        {"text": "Math.hyp", "matches": {"hypot"}},
        {"text": "[1, 2].conc", "matches": {"concat"}},
    ]
    complete_code_samples = ["let x = 1", "console.log('hello')", "function f(x: number) { return x * 2 }", "", "class A {}"]
    incomplete_code_samples = ["function f(", "if (x) {", "`open", "[1,", "/* open"]
    invalid_code_samples = ["let = = 3", "foo)"]
    code_page_something = "Math.sqrt?"
    code_generate_error = "throw new RangeError('no')"
    code_execute_result = [
        {"code": "1+2+3", "result": "6"},
        {"code": "6 * 7", "result": "42"},
        {"code": "[1, 2].map((x) => x * 2)", "result": "[ 2, 4 ]"},
        {"code": "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>1</b>' }) })", "mime": "text/html"},
    ]
    code_display_data = [
        {"code": 'import * as tslab from "tslab"; tslab.display.html("<b>bold</b>")', "mime": "text/html"},
        {"code": "tslab.display.png(new Uint8Array([137, 80, 78, 71]))", "mime": "image/png"},
    ]
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.sqrt"
    code_clear_output = 'import * as inner from "tslab/dist/jupyter"; (inner as any).lastClearOutput(true)'


class WelcomeTests(Patient, jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = KERNEL
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main(verbosity=2)
