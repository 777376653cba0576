"""What is said of a file with macros: they were neither run nor read, the rest was."""

from jixiao.intake.problem import Problem


def macro_problem(file: str, plain: str) -> Problem:
    return Problem(
        code="INT006",
        message=f"文件“{file}”含宏，宏没有读取也没有运行，其余内容已读取。"
        f"请另存为不含宏的 {plain}，再核对一次。",
        file=file,
    )
