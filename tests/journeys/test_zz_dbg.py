from tests.journeys.test_first_launch import *
from tests.journeys.conftest import *
def test_x(reporter, tmp_path):
    window = reporter.window
    reporter.press("Space")
    page = new_case_page(reporter)
    page.again.entered.connect(lambda: print("ENTERED", page.create_button.isEnabled()))
    page.make.connect(lambda *a: print("MAKE", a))
    window.doorkeeper.refused.connect(lambda e: print("REFUSED", e.code, e.values))
    reporter.type("Harbor Cooling")
    reporter.press("Alt+U"); reporter.press("Alt+P"); reporter.type(PASSPHRASE); reporter.press("Alt+G"); reporter.type(PASSPHRASE)
    print(reporter.focus, reporter.focus is page.again.edit, page._busy, page.create_button.isEnabled())
    reporter.press("Return")
    print("pressed")
    reporter.until(lambda: window.desk is not None, "x", 3)
