import type { ProblemCatalogue } from '#platform';

/** What the outgoing half can refuse, and what a person can do about it. */
export const documentProblems = {
  DOCUMENT_NOT_FOUND: {
    status: 404,
    vi: 'Không tìm thấy văn bản này trong cơ quan của bạn. Hãy kiểm tra lại đường dẫn hoặc tìm trong danh sách văn bản.',
    en: 'There is no such document in your agency. Check the address or look for it in the list of documents.',
  },
  NOT_DELEGATED: {
    status: 403,
    vi: 'Ủy quyền của bạn không bao gồm văn bản này (độ mật, loại hoặc cơ quan). Hãy đề nghị lãnh đạo phê duyệt trực tiếp hoặc mở rộng ủy quyền.',
    en: 'Your delegation does not cover this document (its secrecy, type or agency). Ask the leader to approve it, or to extend the delegation.',
  },
  FILE_NOT_FOUND: {
    status: 404,
    vi: 'Văn bản không có tệp này. Hãy mở lại văn bản để xem các tệp hiện có.',
    en: 'The document has no such file. Open the document again to see its files.',
  },
  DRAFT_NOT_RETURNED: {
    status: 404,
    vi: 'Văn bản không có lần dự thảo nào bị trả lại với số này nên không có gì để so sánh. Hãy mở lại văn bản để xem các lần dự thảo.',
    en: 'No draft of this document with that number was returned, so there is nothing to compare. Open the document again to see its drafts.',
  },
  REVIEWER_IS_DRAFTER: {
    status: 422,
    vi: 'Người soạn thảo không thể tự thẩm định văn bản của mình. Hãy chọn người khác cho bước đó rồi trình lại.',
    en: 'A drafter does not review the own draft. Name somebody else for that step, then submit again.',
  },
  UPLOADS_BUSY: {
    status: 503,
    vi: 'Hệ thống đang nhận nhiều tệp cùng lúc. Tệp chưa được lưu; hãy đợi vài giây rồi tải lên lại.',
    en: 'Many files are being uploaded at this moment. Nothing was kept; wait some seconds and upload again.',
  },
  AGENCY_ENDED: {
    status: 409,
    vi: 'Cơ quan ban hành đã kết thúc hoạt động (sáp nhập, giải thể) nên không còn soạn thảo, ký, cấp số hay phát hành văn bản. Hãy lập văn bản mới tại cơ quan kế thừa.',
    en: 'The issuing agency has ended (by merger or dissolution): it drafts, signs, numbers and issues nothing any more. Write a new document in the agency that succeeds it.',
  },
  BODY_NOT_FOUND: {
    status: 422,
    vi: 'Cơ quan ban hành không thuộc cơ quan của bạn hoặc không còn hiệu lực. Hãy chọn lại trong danh bạ.',
    en: 'The issuing body does not belong to your agency or is no longer in force. Choose another from the directory.',
  },
  POST_NOT_FOUND: {
    status: 422,
    vi: 'Chức vụ người ký không có trong cơ quan của bạn. Hãy chọn lại trong danh bạ.',
    en: "The signer's post does not exist in your agency. Choose another from the directory.",
  },
  REVIEWER_UNKNOWN: {
    status: 422,
    vi: 'Người xem xét không thuộc cơ quan của bạn hoặc không có vai trò xem xét. Hãy chọn lại trong danh bạ.',
    en: 'A reviewer does not belong to your agency or may not review. Choose another from the directory.',
  },
  RECIPIENT_UNKNOWN: {
    status: 422,
    vi: 'Có nơi nhận không có trong danh bạ hoặc không còn hiệu lực. Hãy xóa nơi nhận đó hoặc chọn lại.',
    en: 'A recipient is not in the directory or no longer in force. Remove it or choose another.',
  },
  RECIPIENT_REPEATED: {
    status: 422,
    vi: 'Một cơ quan được ghi hai lần ở nơi nhận. Hãy giữ lại một dòng và ghi số bản ở dòng đó.',
    en: 'An agency stands twice among the recipients. Keep one line and put the number of copies there.',
  },
  RECIPIENT_NOT_ELECTRONIC: {
    status: 422,
    vi: 'Nơi nhận này chưa kết nối hệ thống hoặc chưa có chứng thư số còn hiệu lực nên không gửi điện tử được. Hãy chọn gửi bản giấy và nêu lý do.',
    en: 'This recipient is not connected or has no valid certificate, so nothing reaches it electronically. Choose paper and say why.',
  },
  PAPER_REASON_MISSING: {
    status: 422,
    vi: 'Văn bản gửi bản giấy phải nêu lý do không gửi điện tử. Hãy nhập lý do.',
    en: 'A document that goes on paper must say why it does not go electronically. Enter the reason.',
  },
  RECIPIENTS_MISSING: {
    status: 422,
    vi: 'Văn bản chưa có nơi nhận. Hãy thêm ít nhất một nơi nhận trước khi trình ký.',
    en: 'The document has no recipients. Add at least one before submitting it.',
  },
  MAIN_FILE_MISSING: {
    status: 422,
    vi: 'Văn bản chưa có tệp chính. Hãy tải lên tệp PDF của văn bản trước khi trình ký.',
    en: 'The document has no main file. Upload the PDF of the document before submitting it.',
  },
  DISPATCH_NOT_FOUND: {
    status: 404,
    vi: 'Văn bản không có lượt gửi giấy này. Hãy mở lại danh sách gửi giấy của văn bản.',
    en: 'The document has no such paper dispatch. Open its list of paper dispatches again.',
  },
  DISPATCH_NOT_HANDED: {
    status: 409,
    vi: 'Chưa ghi việc giao bản giấy đi nên chưa ghi được ký nhận. Hãy ghi thời điểm giao trước.',
    en: 'The paper has not been handed over yet, so nobody can have signed for it. Enter when it left first.',
  },
  DISPATCH_ALREADY_HANDED: {
    status: 409,
    vi: 'Việc giao bản giấy này đã được ghi. Hãy tải lại trang để xem.',
    en: 'That this paper was handed over has been entered already. Reload to see it.',
  },
  DISPATCH_ALREADY_RECEIVED: {
    status: 409,
    vi: 'Ký nhận của bản giấy này đã được ghi. Hãy tải lại trang để xem.',
    en: 'The receipt of this paper has been entered already. Reload to see it.',
  },
  DISPATCH_NOTHING_TO_TELL: {
    status: 409,
    vi: 'Nơi nhận này không còn gì phải báo: văn bản chưa bị thu hồi, thay thế hay đính chính sau khi giao, hoặc đã được báo. Hãy tải lại trang.',
    en: 'There is nothing to tell this recipient: the document has not been recalled, replaced or corrected since the paper left, or it has been told. Reload the page.',
  },
  DISPATCH_TIME_INVALID: {
    status: 422,
    vi: 'Thời điểm không hợp lý: không được trước khi phát hành hoặc giao đi, cũng không ở tương lai. Hãy kiểm tra lại.',
    en: 'The time cannot be: not before the issue or the handing over, and not in the future. Check it.',
  },
  RECIPIENT_GROUP_NOT_FOUND: {
    status: 404,
    vi: 'Cơ quan của bạn không có nhóm nơi nhận này. Hãy mở lại danh sách nhóm.',
    en: 'Your agency has no such group of recipients. Open the list of groups again.',
  },
  RECIPIENT_GROUP_NAME_TAKEN: {
    status: 409,
    vi: 'Cơ quan của bạn đã có nhóm nơi nhận mang tên này. Hãy đặt tên khác.',
    en: 'Your agency has a group of recipients of this name already. Choose another name.',
  },
  SOURCE_FORMAT_REFUSED: {
    status: 422,
    vi: 'Tệp nguồn phải là tệp Word (docx, doc) hoặc OpenDocument (odt) không chứa macro. Hãy lưu lại đúng định dạng rồi tải lên.',
    en: 'A source must be a Word (docx, doc) or OpenDocument (odt) file without macros. Save it as such and upload it again.',
  },
  FILE_ORDER_INCOMPLETE: {
    status: 422,
    vi: 'Thứ tự tệp phải nêu đủ các phụ lục và tệp kèm theo, mỗi tệp một lần. Hãy tải lại văn bản rồi sắp xếp lại.',
    en: 'The order must name every annex and attachment once. Reload the document and arrange them again.',
  },
  FORM_NOT_READABLE: {
    status: 422,
    vi: 'Tệp không có chữ đọc được (có thể là bản quét) nên không lấy được thông tin. Hãy tự nhập các trường.',
    en: 'The file has no readable text (a scan, perhaps), so nothing can be taken from it. Fill in the fields yourself.',
  },
  PLACE_OFF_PAGE: {
    status: 422,
    vi: 'Vị trí nằm ngoài trang của tệp chính. Hãy đặt lại trong phạm vi trang.',
    en: 'The place lies outside the pages of the main file. Put it within a page.',
  },
  TYPE_NOT_KNOWN: {
    status: 422,
    vi: 'Tên loại văn bản không có trong danh mục của khối này. Hãy chọn tên loại khác.',
    en: 'This bloc has no such document type. Choose another type.',
  },
  TYPE_NOT_ALLOWED: {
    status: 422,
    vi: 'Cơ quan ban hành này không có thẩm quyền ban hành loại văn bản đã chọn. Hãy chọn tên loại hoặc cơ quan ban hành khác.',
    en: 'This body may not issue a document of this type. Choose another type or another issuing body.',
  },
  TYPE_NOT_NUMBERED: {
    status: 422,
    vi: 'Loại giấy tờ này không lấy số trong sổ văn bản đi. Hãy chọn tên loại khác.',
    en: 'Papers of this type take no number in the outgoing register. Choose another type.',
  },
  TERM_MISSING: {
    status: 409,
    vi: 'Danh bạ chưa có nhiệm kỳ hiện tại của cấp ủy nên chưa cấp được số. Hãy báo cho người quản trị bổ sung nhiệm kỳ.',
    en: 'The directory has no present term for this committee, so no number can be given. Ask the administrator to enter it.',
  },
  COPY_IS_NOT_DRAFTED: {
    status: 422,
    vi: 'Bản sao không soạn thảo mới mà lập từ chính văn bản cần sao. Hãy mở văn bản đó và chọn "Sao văn bản".',
    en: 'A copy is not drafted but made of the document itself. Open that document and choose to copy it.',
  },
  COPY_KIND_NOT_ALLOWED: {
    status: 422,
    vi: 'Hình thức sao này không áp dụng cho văn bản này. Khối Đảng: cơ quan ban hành sao y bản chính, nơi nhận sao lục. Khối Nhà nước: sao y từ bản gốc, bản chính; sao lục từ bản sao y. Không sao tiếp từ bản sao lục và bản trích sao.',
    en: 'This kind of copy does not fit this document. Party: the issuer makes a true copy, the receiver a re-copy. State: a true copy is made of an original, a re-copy of a true copy. Re-copies and extracts are not copied on.',
  },
  COPY_PAGES_INVALID: {
    status: 422,
    vi: 'Trích sao phải nêu những trang có trong văn bản, ví dụ "1, 3-5"; sao y và sao lục lấy toàn văn nên không nêu trang.',
    en: 'An extract names pages that the document has, for example "1, 3-5"; a true copy or a re-copy is of the whole and names none.',
  },
  COPY_SOURCE_NOT_FINAL: {
    status: 409,
    vi: 'Chỉ sao được văn bản đã phát hành và còn hiệu lực, hoặc văn bản đến đã tiếp nhận. Hãy hoàn tất việc phát hành hoặc tiếp nhận trước.',
    en: 'Only a document that is issued and in force, or an incoming one that was accepted, can be copied. Issue or accept it first.',
  },
  COPY_SOURCE_ON_PAPER: {
    status: 409,
    vi: 'Văn bản này đến bằng giấy nên không sao điện tử được ở đây. Hãy sao trên giấy theo quy định về công tác văn thư.',
    en: 'This document came on paper, so no electronic copy is made of it here. Copy it on paper as the rules on clerical work say.',
  },
  COPY_SOURCE_CLOSED: {
    status: 422,
    vi: 'Tệp của văn bản đã được ký chứng nhận không cho ký thêm, nên không ghi được dấu sao mà vẫn giữ chữ ký gốc hợp lệ. Hãy gửi nguyên tệp kèm một văn bản của cơ quan, hoặc trích sao những trang cần thiết.',
    en: 'A file of the document is certified against further signatures: it cannot bear the mark of a copy and stay valid. Send it as it is, attached to a document of your own, or make an extract of the pages needed.',
  },
  COPY_OF_SECRET: {
    status: 422,
    vi: 'Sao, chụp tài liệu chứa bí mật nhà nước phải có văn bản cho phép và ghi sổ sao, chụp riêng; hệ thống chưa thực hiện việc này.',
    en: 'Copying what holds State secrets needs a written permission and a book of its own; this system does not do it yet.',
  },
  CAPACITY_NOT_ALLOWED: {
    status: 422,
    vi: 'Thể thức đề ký không phù hợp với chức vụ người ký hoặc cơ quan ban hành. Hãy chọn lại quyền hạn ký.',
    en: "The signing capacity does not fit the signer's post or the issuing body. Choose another capacity.",
  },
  AUTHORITY_MISSING: {
    status: 422,
    vi: 'Ký thừa ủy quyền phải nêu văn bản ủy quyền còn thời hạn. Hãy nhập số, ký hiệu và thời hạn của văn bản đó.',
    en: 'Signing by written authority must name the authority and its term. Enter its number and last day.',
  },
  AUTHORITY_EXPIRED: {
    status: 422,
    vi: 'Văn bản ủy quyền đã hết thời hạn. Hãy chọn người ký khác hoặc cập nhật văn bản ủy quyền.',
    en: 'The written authority has run out. Choose another signer or enter the new authority.',
  },
  SECRECY_NOT_SUPPORTED: {
    status: 422,
    vi: 'Hệ thống hiện chỉ xử lý văn bản không mật. Văn bản từ Mật trở lên phải soạn thảo và chuyển theo quy định về bảo vệ bí mật nhà nước.',
    en: 'This system handles only documents that are not secret. Prepare and send secrets as the rules on State secrets demand.',
  },
  ABSTRACT_MISSING: {
    status: 422,
    vi: 'Văn bản phải có trích yếu. Hãy nhập trích yếu nội dung.',
    en: 'The document must have an abstract. Enter one.',
  },
  ABSTRACT_FORBIDDEN: {
    status: 422,
    vi: 'Văn bản Tuyệt mật không được ghi trích yếu. Hãy để trống trường này.',
    en: 'A top-secret document must not carry an abstract. Leave the field empty.',
  },
  URGENCY_TIME_REQUIRED: {
    status: 422,
    vi: 'Hỏa tốc hẹn giờ phải nêu thời điểm phải đến. Hãy nhập ngày, giờ.',
    en: 'An express, timed document must name the time by which it must arrive. Enter date and time.',
  },
  URGENCY_TIME_FORBIDDEN: {
    status: 422,
    vi: 'Chỉ Hỏa tốc hẹn giờ mới có thời điểm phải đến. Hãy bỏ thời điểm hoặc đổi độ khẩn.',
    en: 'Only an express, timed document names a time of arrival. Remove the time or change the urgency.',
  },
  TRANSITION_NOT_ALLOWED: {
    status: 409,
    vi: 'Việc này không thực hiện được ở trạng thái hiện tại của văn bản. Hãy tải lại trang để xem trạng thái mới nhất.',
    en: 'This cannot be done in the present state of the document. Reload to see its latest state.',
  },
  ROLE_NOT_ALLOWED: {
    status: 403,
    vi: 'Vai trò của bạn không được phép thực hiện việc này. Hãy liên hệ người có thẩm quyền.',
    en: 'Your role may not do this. Ask somebody whose role may.',
  },
  NOT_YOUR_DRAFT: {
    status: 403,
    vi: 'Chỉ người soạn thảo mới được sửa và trình dự thảo này.',
    en: 'Only its drafter may change and submit this draft.',
  },
  APPROVER_IS_DRAFTER: {
    status: 403,
    vi: 'Người soạn thảo không được tự phê duyệt dự thảo của mình. Hãy đề nghị lãnh đạo khác phê duyệt.',
    en: 'Whoever drafted a document does not approve it. Ask another leader to approve it.',
  },
  NOT_YOUR_STEP: {
    status: 403,
    vi: 'Bước xem xét hiện tại không giao cho bạn. Hãy chờ đến lượt hoặc liên hệ người soạn thảo.',
    en: 'The present review step is not yours. Wait for your turn or ask the drafter.',
  },
  REVIEW_NOT_FINISHED: {
    status: 409,
    vi: 'Còn bước xem xét chưa ký nháy. Hãy chờ đủ chữ ký nháy rồi phê duyệt.',
    en: 'A review step has not been initialled yet. Approve after all have initialled.',
  },
  NOT_THE_SIGNER: {
    status: 403,
    vi: 'Văn bản này không giao cho bạn ký. Người ký phải đang giữ chức vụ ghi trên văn bản.',
    en: 'This document is not yours to sign. The signer must hold the post named on it.',
  },
  VERSION_CONFLICT: {
    status: 412,
    vi: 'Văn bản đã được người khác thay đổi. Hãy tải lại rồi thực hiện lại.',
    en: 'Somebody else has changed the document meanwhile. Reload it and do this again.',
  },
  BODY_HAS_NO_SEAL: {
    status: 409,
    vi: 'Cơ quan ban hành này không có con dấu nên không có bước ký số của cơ quan. Hãy phát hành văn bản.',
    en: 'This body has no seal, so there is no agency signature. Go on and issue the document.',
  },
  AGENCY_SIGNATURE_REQUIRED: {
    status: 409,
    vi: 'Văn bản chưa có chữ ký số của cơ quan. Hãy ký số của cơ quan rồi phát hành.',
    en: 'The agency signature is still missing. Apply it, then issue the document.',
  },
} as const satisfies ProblemCatalogue;
