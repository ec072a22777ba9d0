;;; emacs.el --- Run by emacs.sh: Eglot against the real server  -*- lexical-binding: t; -*-
(require 'package)
(package-initialize)
(require 'eglot)
(require 'flymake)

(defvar e2e-passed 0)
(defvar e2e-failed 0)

(defun e2e-check (name ok &optional shown)
  (if ok (setq e2e-passed (1+ e2e-passed)) (setq e2e-failed (1+ e2e-failed)))
  (princ (format "%s %s%s\n" (if ok "ok    " "FAILED") name
                 (if shown (concat ": " (car (split-string (format "%s" shown) "\n"))) ""))))

(defun e2e-wait (seen seconds)
  (let ((end (+ (float-time) seconds)) found)
    (while (and (not (setq found (funcall seen))) (< (float-time) end))
      (accept-process-output nil 0.1))
    found))

(let ((root (getenv "PROMPTLS_E2E_ROOT")))
  (load (expand-file-name "clients/emacs/promptls.el" root) nil t))
(setq promptls-settings '(:autoPull t)
      eglot-connect-timeout 120
      eglot-autoshutdown nil
      make-backup-files nil
      create-lockfiles nil)

(condition-case problem
    (progn
      (find-file (getenv "PROMPTLS_E2E_FILE"))
      (e2e-check "major mode" (eq major-mode 'promptls-mode) major-mode)
      (let ((eglot-sync-connect 120))
        (apply #'eglot (eglot--guess-contact)))
      (e2e-check "initialize" (e2e-wait #'eglot-managed-p 60))
      (let* ((server (eglot-current-server))
             (document (list :textDocument (list :uri (eglot--path-to-uri buffer-file-name))))
             (ask (lambda (method params) (jsonrpc-request server method params :timeout 180))))
        (goto-char (point-min))
        (search-forward "What a wonderful")
        (let (hover)
          (e2e-wait (lambda ()
                      (setq hover (plist-get (plist-get (funcall ask :textDocument/hover (eglot--TextDocumentPositionParams)) :contents) :value))
                      (and hover (string-match-p "\\`\\*\\*[0-9]+ token" hover)))
                    180)
          (e2e-check "hover on an example counts its tokens" (and hover (string-match-p "tokens?\\*\\* · .* of the prompt" hover)) hover))
        (let ((run (jsonrpc-request server :workspace/executeCommand
                                    (list :command "promptls.run" :arguments (vector (list :uri (eglot--path-to-uri buffer-file-name))))
                                    :timeout 180)))
          (e2e-check "the prompt runs" (member (string-trim (or (plist-get run :output) "")) (quote ("positive" "negative"))) (plist-get run :output)))
        (e2e-check "lenses" (> (length (funcall ask :textDocument/codeLens document)) 0))
        (goto-char (point-max))
        (insert "{{reveiw}}\n")
        (eglot--signal-textDocument/didChange)
        (flymake-mode 1)
        (flymake-start)
        (let ((found (e2e-wait (lambda ()
                                 (seq-find (lambda (d) (string-match-p "reveiw" (flymake-diagnostic-text d))) (flymake-diagnostics)))
                               60)))
          (e2e-check "a misspelt variable is found" found (and found (flymake-diagnostic-text found))))
        (set-buffer-modified-p nil)
        (eglot-shutdown server nil 30)
        (e2e-check "the server leaves" (not (jsonrpc-running-p server)))))
  (error (setq e2e-failed (1+ e2e-failed))
         (princ (format "FAILED %S\n" problem))))
(princ (format "%d passed, %d failed, 0 left out\n" e2e-passed e2e-failed))
(kill-emacs (if (zerop e2e-failed) 0 1))
;;; emacs.el ends here
